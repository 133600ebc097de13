import { readFile } from 'node:fs/promises';
import { graphiqlStyle } from './graphiql-style.ts';
import { simulatorTabs, tabs } from './graphiql-tabs.ts';

export interface GraphiQLPageOptions {
  /** Headers that each tab sends with its query; by default, an empty `X-Auth-Token` to fill in. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether HSS is the embedded simulator: the page says so, and opens on its hosts. */
  readonly isSimulated?: boolean;
}

const title = 'Open ports';

/**
 * GraphiQL, with the calls to HSS drawn below each answer. One string of about 9 MB, the same for everybody: make it
 * once. It loads nothing from elsewhere, and headers that a user types are not written to the browser's disk.
 */
export async function renderGraphiQLPage(options: GraphiQLPageOptions = {}): Promise<string> {
  const { headers = { 'X-Auth-Token': '' }, isSimulated = false } = options;
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const browser = await readFile(new URL('graphiql-browser.js', import.meta.url), 'utf8');
  const graphiql = {
    title,
    defaultTabs: isSimulated ? simulatorTabs : tabs,
    headers: JSON.stringify(headers, null, 2),
    shouldPersistHeaders: false,
  };
  // The package's page up to where it would start GraphiQL; our script starts it.
  const page = renderGraphiQL({ title });
  const end = page.lastIndexOf('YogaGraphiQL.renderYogaGraphiQL(');
  if (end < 0) throw new Error('The page of @graphql-yoga/render-graphiql no longer starts as expected');
  return page
    .slice(0, end)
    .replace(
      '</head>',
      () => `<meta name="viewport" content="width=device-width"><style>${graphiqlStyle}</style></head>`,
    )
    .replace('<div id="root">', (root) => (isSimulated ? notice : '') + root)
    .concat(`</script><script type="module">${browser.replace(/^\/\/# sourceMappingURL.*$/m, '')}`)
    .concat(`openGraphiQL(${JSON.stringify(graphiql).replaceAll('<', String.raw`\u003c`)});</script></body></html>`);
}

const notice = `<p id="simulated">Simulated data: <b>no server of yours</b>. Set <code>HSS_ENDPOINT</code> to see your own.</p>`;
