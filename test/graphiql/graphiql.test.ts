import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { renderGraphiQLPage } from '../../src/http/graphiql-page.ts';
import { simulatorTabs } from '../../src/http/graphiql-tabs.ts';
import { findChromium, launch } from '../support/chromium.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

const browser = await findChromium();
if ('missing' in browser) console.warn(`GraphiQL is NOT tested in a browser: ${browser.missing}.`);

interface OpenPage {
  readonly page: Page;
  readonly gateway: TestGateway;
  /** What it asked of other origins. */
  readonly foreign: readonly string[];
  readonly faults: readonly string[];
}

const config = { graphiqlPage: { headers: { 'X-Auth-Token': 'demo-token' }, isSimulated: true } };

async function openGraphiQL(search = '', viewport = { width: 1400, height: 900 }): Promise<OpenPage> {
  const gateway = await startGateway({ config });
  const chromium = await launch((browser as { executablePath: string }).executablePath);
  onTestFinished(() => chromium.close());
  const page = await chromium.newPage({ viewport });
  page.setDefaultTimeout(100_000);
  const foreign: string[] = [];
  const faults: string[] = [];
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== new URL(gateway.url).origin) foreign.push(request.url());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(gateway.url + search);
  return { page, gateway, foreign, faults };
}

interface Result {
  readonly data: Record<string, unknown>;
  readonly errors?: readonly { readonly extensions: unknown }[];
}

/** Runs what is in the editor; the answer, parsed. */
async function run(page: Page): Promise<Result> {
  const answered = page.waitForResponse((response) => {
    const sent = response.request().postData();
    return sent !== null && !sent.includes('IntrospectionQuery');
  });
  await page.getByLabel(/Execute query/).click();
  return (await (await answered).json()) as Result;
}

/** Runs a tab. For a moment after it has been chosen GraphiQL sends its query with the name of the last tab's operation. */
async function runTab(page: Page, tab: Locator): Promise<Result> {
  await tab.click();
  let result!: Result;
  await expect.poll(async () => (result = await run(page)).data, { timeout: 60_000 }).toBeDefined();
  return result;
}

async function screenshot(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (folder) await page.screenshot({ path: `${folder}/graphiql-${name}.png` });
}

describe.skipIf('missing' in browser)('GraphiQL in a browser', () => {
  it('opens offline on tabs that run at once, and says that their data is simulated', async () => {
    const { page, gateway, foreign, faults } = await openGraphiQL();
    await page.getByText('Simulated data').waitFor();

    const results: Result[] = [];
    for (const tab of await page.getByRole('tab').all()) {
      results.push(await runTab(page, tab));
      await page
        .locator('.result-window')
        .getByText(/"(data|errors)"/)
        .first()
        .waitFor();
    }
    await screenshot(page, 'tabs');

    expect(results).toHaveLength(simulatorTabs.length);
    for (const { data } of results) expect(Object.values(data)).not.toContain(null);
    expect(results.at(-1)!.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(results.slice(0, -1).map(({ errors }) => errors)).toEqual(results.slice(1).map(() => undefined));
    expect(new Set(gateway.simulator.calls.map(({ headers }) => headers['x-auth-token']))).toEqual(
      new Set(['demo-token']),
    );
    expect(foreign).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('shows after a reload what it showed before, and has written no token to the disk', async () => {
    const { page } = await openGraphiQL();
    await runTab(page, page.getByRole('tab', { name: 'ThreePages' }));

    await page.reload();
    await page.getByLabel(/Execute query/).waitFor();

    expect(await page.getByRole('tab').count()).toBe(simulatorTabs.length);
    expect(await page.getByRole('tab', { selected: true }).first().innerText()).toContain('ThreePages');
    expect(await run(page)).toMatchObject({ data: { host: { all: { totalCount: 350 } } } });
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('demo-token');
  });

  it('draws below the answer that three pages were one call', async () => {
    const { page } = await openGraphiQL();
    await runTab(page, page.getByRole('tab', { name: 'ThreePages' }));

    const calls = page.locator('.graphiql-response #calls');
    await calls.getByRole('heading', { name: '1 call to HSS for 3 pages' }).waitFor();
    expect(await calls.getByRole('row').count()).toBe(2);
    const [track, bar] = [
      (await calls.locator('.track').last().boundingBox())!,
      (await calls.locator('.bar').boundingBox())!,
    ];
    expect(bar.width).toBeGreaterThan(0);
    expect(bar.x + bar.width).toBeLessThanOrEqual(track.x + track.width + 1);
    await screenshot(page, 'calls');
  });

  it('counts no call that was not sent, because HSS throttles the token', async () => {
    const query = '{ host(id: "rehearse-throttled") { ports { totalCount } } }';
    const { page } = await openGraphiQL(`?${String(new URLSearchParams({ query }))}`);
    const calls = page.locator('.graphiql-response #calls');
    await run(page);
    await calls.getByRole('heading', { name: '1 call to HSS for 1 page' }).waitFor();

    await run(page);
    await calls.getByRole('heading', { name: '0 calls to HSS for 1 page' }).waitFor();
    await calls.getByRole('cell', { name: 'not sent' }).waitFor();
  });

  it.each(['the button', 'the keyboard'])('draws no cost below what GraphiQL itself refuses, run by %s', async (by) => {
    const { page } = await openGraphiQL();
    await runTab(page, page.getByRole('tab', { name: 'ThreePages' }));
    const calls = page.locator('.graphiql-response #calls');
    await calls.waitFor();

    await page.getByRole('button', { name: 'Headers', exact: true }).click();
    await page.locator('.graphiql-editor-tool .monaco-editor:visible').click();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('{ bad');
    if (by === 'the button') await page.getByLabel(/Execute query/).click();
    else await page.keyboard.press('Control+Enter');
    await page.locator('.result-window').getByText('invalid JSON').waitFor();
    expect(await calls.isVisible()).toBe(false);
  });

  it('opens on the query and the variables of its URL', async () => {
    const query = 'query ($id: ID!) { host(id: $id) { ports { totalCount } } }';
    const { page } = await openGraphiQL(`?${String(new URLSearchParams({ query, variables: '{"id":"host-40"}' }))}`);

    expect(await run(page)).toMatchObject({ data: { host: { ports: { totalCount: 40 } } } });
  });

  it('opens on the variables of its URL, and after reloads on no other tab', async () => {
    const { page } = await openGraphiQL(`?${String(new URLSearchParams({ variables: '{"ids":["host-40"]}' }))}`);
    for (let times = 0; times < 3; times++) {
      expect(await page.getByRole('tab').count()).toBe(simulatorTabs.length);
      expect(await run(page)).toMatchObject({ data: { hosts: [{ id: 'host-40' }] } });
      await page.reload();
      await page.getByLabel(/Execute query/).waitFor();
    }
  });

  it('has editor and answer one above the other where the window is narrow', async () => {
    const { page } = await openGraphiQL('', { width: 420, height: 860 });
    await run(page);
    const [editor, answer] = [page.locator('.graphiql-editors'), page.locator('.graphiql-response')];
    await screenshot(page, 'narrow');

    const [above, below] = [(await editor.boundingBox())!, (await answer.boundingBox())!];
    expect(below.y).toBeGreaterThanOrEqual(above.y + above.height);
    for (const box of [above, below]) expect(box.width).toBeGreaterThan(300);
  });
});

describe('the page of GraphiQL', () => {
  let page: string;
  beforeAll(async () => {
    page = await renderGraphiQLPage();
  });

  it('says nothing of simulated data where it is real, and asks for a token', () => {
    expect(page).not.toContain('Simulated data');
    expect(page).toContain(String.raw`"{\n  \"X-Auth-Token\": \"\"\n}"`);
  });

  it('opens on no tab that writes', () => {
    expect(page).not.toContain('mutation Ignoring');
  });
});
