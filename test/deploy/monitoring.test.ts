import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parser } from '@prometheus-io/lezer-promql';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { errorCodes } from '../../src/errors/codes.ts';
import { createWorkerMetrics } from '../../src/process/worker-metrics.ts';
import { startGateway } from '../support/gateway.ts';

const project = new URL('../..', import.meta.url).pathname;
const text = (path: string): string => readFileSync(join(project, path), 'utf8');

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly annotations: { readonly summary: string; readonly runbook_url: string };
}
const rules = (parse(text('deploy/prometheus/alerts.yaml')) as { groups: [{ rules: Rule[] }] }).groups[0].rules;
const dashboard = JSON.parse(text('deploy/grafana/dashboard.json')) as {
  templating: { list: { name: string; query: { query: string } }[] };
  panels: { title: string; targets: { expr: string }[] }[];
};

/** A series as an expression asks for it. */
interface Selector {
  readonly metric: string;
  readonly matchers: readonly { readonly label: string; readonly value: string }[];
}

/** Reads an expression by Prometheus' own grammar; throws where it is none. */
function selectorsOf(expression: string): { selectors: Selector[]; groupings: string[] } {
  // What Grafana puts in before it asks.
  const query = expression.replaceAll('$__rate_interval', '5m').trim();
  const selectors: { metric: string; matchers: { label: string; value: string }[] }[] = [];
  const groupings: string[] = [];
  parser.parse(query).iterate({
    enter({ name, type, from, to, node }) {
      if (type.isError) throw new Error(`No PromQL at ${from}: ${query}`);
      if (name === 'VectorSelector') selectors.push({ metric: '', matchers: [] });
      if (name === 'Identifier' && node.parent?.name === 'VectorSelector')
        selectors.at(-1)!.metric = query.slice(from, to);
      if (name === 'UnquotedLabelMatcher') {
        const [, label, value] = /^(\w+)\s*(?:=~|!~|!=|=)\s*"(.*)"$/.exec(query.slice(from, to))!;
        selectors.at(-1)!.matchers.push({ label: label!, value: value! });
      }
      if (name === 'LabelName' && node.parent?.name === 'GroupingLabels') groupings.push(query.slice(from, to));
    },
  });
  return { selectors, groupings };
}

/** Prometheus makes these of what it scrapes. */
const ofPrometheus = ['job', 'instance'];

let known: ReadonlyMap<string, readonly string[]> | null = null;

/** The labels of every series that a gateway shows, one of workers included, by name. The first test that asks starts the gateway. */
async function shownSeries(): Promise<ReadonlyMap<string, readonly string[]>> {
  if (known !== null) return known;
  const { query, fetch, simulator } = await startGateway();
  simulator.on({ times: 1, answer: 'reset' });
  await query('{ host(id: "host-40") { ports { totalCount } } }');
  await query(
    'mutation { setPortIgnore(input: { ignore: true, ports: [{ agentId: "a", port: 1, protocol: TCP }] }) { acceptedCount } }',
  );
  const ofWorkers = await createWorkerMetrics().registry.metrics();
  const lines = `${await (await fetch('/metrics')).text()}\n${ofWorkers}`.split('\n');
  const series = lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name, labels = ''] = /^(\w+)(?:\{(.*)\})? /.exec(line)!;
      return [name!, [...labels.matchAll(/(\w+)="/g)].map(([, label]) => label!)] as const;
    });
  return (known = new Map([...series, ['up', []]]));
}

async function expectToBeShown(expression: string): Promise<void> {
  const shown = await shownSeries();
  const { selectors, groupings } = selectorsOf(expression);
  expect(selectors.length).toBeGreaterThan(0);
  for (const { metric, matchers } of selectors) {
    expect([...shown.keys()]).toContain(metric);
    const labels = [...(shown.get(metric) ?? []), ...ofPrometheus];
    for (const { label, value } of matchers) {
      expect(labels).toContain(label);
      if (label === 'outcome')
        expect(['ok', 'aborted', ...errorCodes]).toEqual(expect.arrayContaining(value.split('|')));
    }
    for (const label of groupings) expect(labels).toContain(label);
  }
}

describe('the Grafana dashboard', () => {
  it.each(dashboard.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)))(
    'asks for what a gateway shows: %s, %s',
    async (_title, expression) => {
      await expectToBeShown(expression);
    },
  );

  it('offers the jobs of a metric that exists', async () => {
    const { query } = dashboard.templating.list.find(({ name }) => name === 'job')!.query;
    expect([...(await shownSeries()).keys()]).toContain(/^label_values\((\w+), job\)$/.exec(query)![1]);
  });
});

describe('the Prometheus alerts', () => {
  it.each(rules.map(({ alert, expr }) => [alert, expr] as const))(
    'ask for what a gateway shows: %s',
    async (_alert, expr) => {
      await expectToBeShown(expr);
    },
  );

  it.each(rules.map(({ alert, annotations }) => [alert, annotations.runbook_url] as const))(
    'lead to what there is to do: %s',
    (_alert, url) => {
      expect(URL.canParse(url)).toBe(true);
      const { pathname, hash } = new URL(url);
      const anchor = hash.slice(1);
      const anchors = [...text(`docs/${pathname.split('/').at(-1)!}`).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
        heading!
          .toLowerCase()
          .replace(/[^\w -]/g, '')
          .replaceAll(' ', '-'),
      );
      expect(anchors).toContain(anchor);
    },
  );

  it('are about jobs that are scraped', () => {
    const scrape = parse(text('deploy/prometheus/scrape.yaml')) as { scrape_configs: [{ job_name: string }] };
    const monitor = parse(text('deploy/prometheus/pod-monitor.yaml')) as {
      spec: { jobLabel: string; selector: { matchLabels: Record<string, string> } };
    };
    const job = scrape.scrape_configs[0].job_name;
    expect(monitor.spec.selector.matchLabels[monitor.spec.jobLabel]).toBe(job);
    // Each of their series: everybody's processes have memory and an event loop.
    for (const { selectors } of rules.map(({ expr }) => selectorsOf(expr)))
      for (const { metric, matchers } of selectors)
        expect(matchers.find(({ label }) => label === 'job')?.value, metric).toBe(job);
  });
});

describe('the runbook', () => {
  it('explains each reason of a call without an answer', () => {
    const reasons = [...text('src/hss/transport/failure-reasons.ts').matchAll(/^ {2}'(.+)',$/gm)].map(
      ([, name]) => name!,
    );
    expect(reasons).toEqual(expect.arrayContaining(['CIRCUIT_OPEN', 'ENOTFOUND', 'CERT_HAS_EXPIRED']));
    const table = text('docs/operations.md')
      .split('\n')
      .filter((line) => line.startsWith('   | '));
    const explained = table.flatMap((line) => [...line.split('|')[1]!.matchAll(/`([A-Z][A-Z\d_/]+)`/g)]);
    expect(explained.map(([, name]) => name!).sort()).toEqual(reasons.sort());
  });
});

describe('the check of expressions', () => {
  it('refuses what no gateway shows', async () => {
    await expect(expectToBeShown('rate(hss_gateway_rows[5m])')).rejects.toThrow();
    await expect(expectToBeShown('sum by (tenant) (hss_gateway_rows_total)')).rejects.toThrow();
    await expect(expectToBeShown('hss_gateway_operation_duration_seconds_count{outcome="FORBIDEN"}')).rejects.toThrow();
    await expect(expectToBeShown('sum(hss_gateway_rows_total')).rejects.toThrow();
  });
});
