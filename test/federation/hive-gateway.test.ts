import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, it, onTestFinished } from 'vitest';
import { builtGateway } from '../support/build.ts';
import { findChromium, launch } from '../support/chromium.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { installExample } from '../support/install-example.ts';
import { exampleFolder, startHiveGateway } from './hive-gateway.ts';
import { describeBehind } from './router.ts';

const missing = await installExample(exampleFolder);
if (missing !== null) console.warn(`Hive Gateway and the federation example are NOT tried: ${missing}`);

describe.skipIf(missing !== null)('in the federation example', () => {
  describeBehind({
    name: 'Hive Gateway',
    start: startHiveGateway,
    // It leaves the index out: the null in the data tells which server it was.
    errorPath: () => ['servers', 'ports'],
  });
});

const browser = await findChromium();
const readme = readFileSync(join(exampleFolder, 'README.md'), 'utf8');

/** What stands behind `-d` in the README's curl, and the answer below it. */
const body = /-d '(.*)'/.exec(readme)?.[1] ?? '';
const answer = JSON.parse(/```json\n(.*?)```/s.exec(readme)?.[1] ?? '') as unknown;

/** What `npm start` runs when all is installed and built. */
async function startExample(): Promise<{ readonly router: string; readonly hss: string }> {
  await builtGateway();
  const [PORT, HSS_PORT, INVENTORY_PORT] = [await freePort(), await freePort(), await freePort()].map(String);
  let output = '';
  const example = spawn(process.execPath, ['start.mjs'], {
    cwd: exampleFolder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '', PORT, HSS_PORT, INVENTORY_PORT },
  });
  for (const stream of [example.stdout, example.stderr])
    stream.on('data', (text: Buffer) => (output += text.toString()));
  const ended = new Promise((end) => example.once('close', end));
  onTestFinished(async () => {
    example.kill();
    // The pipes close when the last of its children has ended too.
    await ended;
  });
  const [router, hss] = [PORT, HSS_PORT].map((port) => `http://127.0.0.1:${port!}`) as [string, string];
  await eventually(async () => {
    if (example.exitCode !== null) throw new Error(`The example ended:\n${output}`);
    for (const url of [`${router}/readiness`, `${hss}/ready`]) expect((await fetch(url)).status).toBe(200);
  });
  return { router: `${router}/graphql`, hss: `${hss}/graphql` };
}

const post = (url: string, headers: Readonly<Record<string, string>>, sent = body) =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: sent });

describe.skipIf(missing !== null)('the federation example', () => {
  it('gives the answer that its README shows, and lets nobody pass the router by', { timeout: 120_000 }, async () => {
    const { router, hss } = await startExample();
    const response = await post(router, { 'x-auth-token': 'demo-token' });
    expect(await response.json()).toEqual(answer);
    expect((await post(hss, { 'x-auth-token': 'demo-token' })).status).toBe(401);
  });

  it('shows the ports of a server that the inventory does not know', { timeout: 120_000 }, async () => {
    const { router } = await startExample();
    const unknown = JSON.stringify({ query: '{ host(id: "host-350") { name ports { totalCount } } }' });
    const response = await post(router, { 'x-auth-token': 'demo-token' }, unknown);
    expect(await response.json()).toEqual({ data: { host: { name: null, ports: { totalCount: 350 } } } });
  });

  it.skipIf('missing' in browser)("shows servers' names beside their ports in a browser", async () => {
    const { router } = await startExample();
    const chromium = await launch((browser as { executablePath: string }).executablePath);
    onTestFinished(() => chromium.close());
    const page = await chromium.newPage({ viewport: { width: 960, height: 520 } });
    await page.goto(new URL('/servers', router).href);
    await page.getByRole('row', { name: 'risky 10.0.0.20 8 21, 23, 445, 3389' }).waitFor();
    if (process.env.SCREENSHOTS) await page.screenshot({ path: join(process.env.SCREENSHOTS, 'servers.png') });

    await page.getByLabel('X-Auth-Token').fill('');
    await page.getByLabel('X-Auth-Token').blur();
    await page.getByRole('row', { name: 'risky 10.0.0.20 UNAUTHENTICATED not known' }).waitFor();
  });
});
