/* Runs in the browser, as part of the page that graphiql-page.ts makes. */

/** Opens GraphiQL on what the URL asks for, else on what the last visit left. */
export function openGraphiQL(options) {
  const asked = new URL(location.href).searchParams;
  const [query, variables] = [asked.get('query'), asked.get('variables')];
  // GraphiQL keeps its tabs, and opens a blank one beside them unless it is told which of them to show.
  const kept = JSON.parse(localStorage.getItem('graphiql:tabState'));
  const { tabs, activeTabIndex } = kept ?? { tabs: options.defaultTabs, activeTabIndex: 0 };
  const tab = query === null ? tabs[activeTabIndex] : tabs.find((other) => other.query === query);
  const opened = { query: query ?? tab?.query ?? undefined, variables: variables ?? tab?.variables ?? undefined };
  const isAsked = query !== null || variables !== null;
  const others = options.defaultTabs.filter((other) => other.query !== opened.query);
  const defaultTabs = isAsked ? [opened, ...others] : options.defaultTabs;
  YogaGraphiQL.renderYogaGraphiQL(document.querySelector('#root'), { ...options, ...opened, defaultTabs, fetcher });
  // What GraphiQL itself refuses never reaches the fetcher: the last run's cost is cleared when another is requested.
  document.addEventListener('click', ({ target }) => target.closest('.graphiql-execute-button') && drawCost(), true);
  document.addEventListener(
    'keydown',
    ({ key, ctrlKey, metaKey }) => key === 'Enter' && (ctrlKey || metaKey) && drawCost(),
    true,
  );
}

/** Sends an operation, and draws what it cost. */
async function fetcher(operation, { headers } = {}) {
  const response = await fetch(location.pathname, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(operation),
  });
  const result = await response.json();
  if (operation.operationName !== 'IntrospectionQuery') drawCost(result.extensions?.cost);
  return result;
}

/** Draws `extensions.cost.calls` below the answer: one bar per call, from its start to its end. */
function drawCost(cost) {
  const panel = document.querySelector('#calls') ?? make('section', { id: 'calls' });
  document.querySelector('.graphiql-response').append(panel);
  panel.hidden = !cost;
  if (!cost) return;
  const { calls, windows } = cost;
  const end = Math.max(1, ...calls.map((call) => call.startMs + call.durationMs));
  // One without a try was refused before it was sent: HSS throttles the token, or a breaker is open.
  const made = calls.filter(({ tries }) => tries > 0).length;
  const heading = `${count(made, 'call')} to HSS${windows > 0 ? ` for ${count(windows, 'page')}` : ''}`;
  panel.replaceChildren(make('h2', {}, heading));
  if (calls.length > 0) panel.append(make('table', {}, makeHead(), ...calls.map((call) => makeRow(call, end))));
}

function makeHead() {
  const titles = ['What', 'Rows', 'Pages', 'Status', 'ms', ''];
  return make('tr', {}, ...titles.map((title) => make('th', { scope: 'col' }, title)));
}

function makeRow(call, end) {
  const bar = make('span', { className: 'bar' });
  bar.style.marginLeft = `${(100 * call.startMs) / end}%`;
  bar.style.width = `${(100 * call.durationMs) / end}%`;
  return make(
    'tr',
    { className: call.status === 200 ? '' : 'failed', title: JSON.stringify(call, null, 1) },
    make('td', {}, call.type === 'write' ? 'write' : `${call.host} ${call.offset}–${call.offset + call.limit - 1}`),
    make('td', {}, call.rows ?? ''),
    make('td', {}, call.windows ?? ''),
    make(
      'td',
      {},
      (call.status ?? (call.tries === 0 ? 'not sent' : 'none')) +
        (call.tries > 1 ? `, ${call.tries} tries` : '') +
        (call.shared ? ', shared' : ''),
    ),
    make('td', {}, Math.round(call.durationMs)),
    make('td', { className: 'track' }, bar),
  );
}

/** `1 call`, `2 calls`. */
function count(number, noun) {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}
