import { describe, expect, it, onTestFinished } from 'vitest';
import { findChromium, launch } from '../support/chromium.ts';
import { startGateway } from '../support/gateway.ts';

const browser = findChromium();
if ('missing' in browser) console.warn(`GraphiQL is NOT tested in a browser: ${browser.missing}.`);

describe.skipIf('missing' in browser)('GraphiQL in a browser', () => {
  it('opens offline on a query that runs at once and shows data', async () => {
    const { url, simulator } = await startGateway({ config: { graphiqlHeaders: { 'X-Auth-Token': 'demo-token' } } });
    const chromium = await launch((browser as { executablePath: string }).executablePath);
    onTestFinished(() => chromium.close());
    const page = await chromium.newPage({ viewport: { width: 1400, height: 900 } });
    page.setDefaultTimeout(100_000);
    const foreign: string[] = [];
    const faults: string[] = [];
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      if (protocol.startsWith('http') && origin !== new URL(url).origin) foreign.push(request.url());
    });
    page.on('pageerror', (error) => faults.push(error.message));

    await page.goto(url);
    await page.getByLabel(/Execute query/).click();
    await page.locator('.result-window').getByText('/usr/sbin/dhclient').waitFor();

    // The token is in the page, and on no disk.
    await page.reload();
    await page.getByLabel(/Execute query/).waitFor();
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('demo-token');

    if (process.env.SCREENSHOT) await page.screenshot({ path: process.env.SCREENSHOT });
    expect(simulator.calls.at(-1)?.headers['x-auth-token']).toBe('demo-token');
    expect(foreign).toEqual([]);
    expect(faults).toEqual([]);
  });
});
