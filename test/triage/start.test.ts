import { spawn } from 'node:child_process';
import process from 'node:process';
import { describe, expect, it, onTestFinished } from 'vitest';
import { builtGateway } from '../support/build.ts';
import { findChromium, launch } from '../support/chromium.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { installExample } from '../support/install-example.ts';
import { exampleFolder, screenshot } from './open-triage.ts';

const browser = await findChromium();
const missing = 'missing' in browser ? browser.missing : await installExample(exampleFolder);

/** What `npm run triage` runs when all is installed and built; resolves to the page's URL. */
async function startTriage(): Promise<string> {
  await builtGateway();
  const [PORT, PAGE_PORT] = [await freePort(), await freePort()].map(String) as [string, string];
  let output = '';
  const triage = spawn(process.execPath, ['start.mjs'], {
    cwd: exampleFolder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, PORT, PAGE_PORT },
  });
  for (const stream of [triage.stdout, triage.stderr]) stream.on('data', (text: Buffer) => (output += text.toString()));
  const ended = new Promise((end) => triage.once('close', end));
  onTestFinished(async () => {
    triage.kill();
    // The pipes close when the gateway has ended too.
    await ended;
  });
  const url = `http://127.0.0.1:${PAGE_PORT}/`;
  await eventually(async () => {
    if (triage.exitCode !== null) throw new Error(`The example ended:\n${output}`);
    expect(output).toContain(`Open ${url}`);
    expect((await fetch(`http://127.0.0.1:${PORT}/ready`)).status).toBe(200);
  });
  return url;
}

describe.skipIf(missing !== null)('npm run triage', () => {
  it("opens on the simulator's hosts, says that they are simulated, and asks for no token", async () => {
    const url = await startTriage();
    const chromium = await launch((browser as { executablePath: string }).executablePath);
    onTestFinished(() => chromium.close());
    const page = await chromium.newPage({ viewport: { width: 1280, height: 760 }, colorScheme: 'light' });
    page.setDefaultTimeout(60_000);
    await page.goto(url);

    await page.getByText('Simulated data').waitFor();
    await page.getByText('8 of 8 ports').waitFor();
    await page.getByRole('button', { name: /rehearse-ignoring 7 ports/ }).click();
    for (const port of [8001, 8003, 8004]) {
      await page
        .getByRole('button', { name: `Ignore ${port} TCP` })
        .first()
        .click();
    }
    await page.getByRole('button', { name: 'Ask again for 8004 TCP' }).waitFor();
    await page.getByLabel('Select port 8002 TCP on 0.0.0.0').check();
    await screenshot(page, 'picture');
  });
});
