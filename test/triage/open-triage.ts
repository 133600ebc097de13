import { execFile } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { preview } from 'vite';
import { onTestFinished } from 'vitest';
import { startGateway, type GatewayOptions, type TestGateway } from '../support/gateway.ts';

export const exampleFolder = fileURLToPath(new URL('../../examples/triage/', import.meta.url));
const manifest = join(exampleFolder, 'src/graphql/generated/persisted-documents.json');
const run = promisify(execFile);

/** Type-checks the example and builds it as for production, where that has not been done. */
export async function buildExample(): Promise<void> {
  const page = join(exampleFolder, 'dist/index.html');
  const sources = readdirSync(join(exampleFolder, 'src'), { recursive: true, encoding: 'utf8' });
  const newest = Math.max(...sources.map((path) => statSync(join(exampleFolder, 'src', path)).mtimeMs));
  if (existsSync(page) && statSync(page).mtimeMs > newest) return;
  // Vitest says that this is a test; the page is to be what production gets.
  const env = { ...process.env, NODE_ENV: 'production' };
  await run('npm', ['run', '--silent', 'build'], { cwd: exampleFolder, env });
}

export interface Triage {
  readonly page: Page;
  readonly gateway: TestGateway;
  /** Bodies of the operations that the page has sent. */
  readonly sent: readonly string[];
  /** What went wrong in the page, and what it asked of other origins. */
  readonly faults: readonly string[];
  /** The rows of a port number. */
  readonly rows: (port: number) => Locator;
  readonly ignore: (port: number) => Promise<void>;
}

interface TriageOptions extends GatewayOptions {
  /** The hosts whose ports are asked for, the last one shown; default: risky-host. */
  readonly hosts?: readonly string[];
  readonly token?: string | null;
  readonly window?: BrowserContextOptions;
}

/** The page as it is built, before a gateway that serves its documents alone, in a browser. */
export async function openTriage(browser: Browser, options: TriageOptions = {}): Promise<Triage> {
  const { hosts = ['risky-host'], token = 'token', window, env, ...rest } = options;
  const gateway = await startGateway({ ...rest, env: { TRUSTED_DOCUMENTS: manifest, ...env } });
  process.env.GATEWAY_URL = new URL(gateway.url).origin;
  const server = await preview({ root: exampleFolder, preview: { port: 0 }, logLevel: 'error' });
  onTestFinished(() => server.close());

  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...window });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const sent: string[] = [];
  const faults: string[] = [];
  const url = server.resolvedUrls!.local[0]!;
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('data:')) faults.push(request.url());
    if (request.method() === 'POST') sent.push(request.postData() ?? '');
  });
  page.on('pageerror', (error) => faults.push(error.message));

  await page.goto(url);
  if (token !== null) {
    await giveToken(page, token);
    for (const host of hosts) await showHost(page, host);
  }
  const rows = (port: number): Locator =>
    page.getByRole('row').filter({ has: page.getByRole('cell', { name: new RegExp(`^${port}(?!\\d)`) }) });
  return {
    page,
    gateway,
    sent,
    faults,
    rows,
    ignore: (port) =>
      rows(port)
        .getByRole('button', { name: /^Ignore/ })
        .first()
        .click(),
  };
}

export async function giveToken(page: Page, token: string): Promise<void> {
  await page.getByLabel('X-Auth-Token').fill(token);
  await page.getByRole('button', { name: 'Show ports' }).click();
}

export async function showHost(page: Page, host: string): Promise<void> {
  await page.getByLabel('Host', { exact: true }).fill(host);
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await page.getByRole('heading', { name: host }).waitFor();
}

/** Holds what the page asks of the gateway from now on, until the function that it gives is called. */
export async function holdRequests(page: Page): Promise<() => void> {
  let release!: () => void;
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/graphql', async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

/** Saves what the page looks like, where SCREENSHOTS names a folder. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (folder) await page.screenshot({ path: join(folder, `triage-${name}.png`) });
}

/** Runs in the page: the contrast of a text to what is behind it, as WCAG reckons it. */
export function contrastOf(element: Element): number {
  const styles: CSSStyleDeclaration[] = [];
  for (let at: Element | null = element; at; at = at.parentElement) styles.push(getComputedStyle(at));
  const channels = (color: string): number[] => color.match(/[\d.]+/g)!.map(Number);
  const behind = styles.map(({ backgroundColor }) => channels(backgroundColor)).find(([, , , alpha]) => alpha !== 0)!;
  const opacity = styles.reduce((product, style) => product * Number(style.opacity), 1);
  const text = channels(styles[0]!.color).map((channel, i) => opacity * channel + (1 - opacity) * behind[i]!);
  const linear = (channel: number): number =>
    channel <= 10 ? channel / 3294 : ((channel / 255 + 0.055) / 1.055) ** 2.4;
  const luminance = ([r, g, b]: number[]): number => 0.2126 * linear(r!) + 0.7152 * linear(g!) + 0.0722 * linear(b!);
  const both = [luminance(text), luminance(behind)];
  return (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
}

/** Runs in the page: how many pixels of the first text in an element are shown, and how many it has. */
export function shownOf(element: Element): [number, number] {
  const range = document.createRange();
  range.selectNodeContents(document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode()!);
  const { left, right } = range.getBoundingClientRect();
  let [from, to] = [left, right];
  for (let at: Element | null = element; at; at = at.parentElement) {
    if (getComputedStyle(at).overflowX === 'visible') continue;
    const box = at.getBoundingClientRect();
    [from, to] = [Math.max(from, box.left), Math.min(to, box.right)];
  }
  return [Math.max(0, to - from), right - left];
}
