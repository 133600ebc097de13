import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse, stringify } from 'yaml';
import { findPromtool } from '../support/promtool.ts';

const path = (name: string): string => new URL(`../../${name}`, import.meta.url).pathname;

interface Rules {
  readonly groups: { readonly rules: { readonly alert: string; annotations?: unknown; expr: string }[] }[];
}
interface Cases {
  readonly tests: { readonly alert_rule_test: { readonly alertname: string; readonly exp_alerts?: unknown[] }[] }[];
}
const readRules = (): Rules => parse(readFileSync(path('deploy/prometheus/alerts.yaml'), 'utf8')) as Rules;
const cases = readFileSync(path('test/deploy/alert-cases.yaml'), 'utf8');
const alerts = readRules().groups.flatMap(({ rules }) => rules.map(({ alert }) => alert));

const promtool = findPromtool();
if (promtool === null)
  console.error(
    'THE ALERTS ARE NOT TESTED: there is no promtool here, and no Debian package that has it (prometheus).',
  );

function check(...options: readonly string[]): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync(promtool!, options, { encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'alerts-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Runs the cases against rules as they are, or changed. */
function runCases(rules: Rules): ReturnType<typeof check> {
  const folder = temporaryFolder();
  // Promtool wants each case to repeat the annotations of its alert.
  for (const rule of rules.groups.flatMap((group) => group.rules)) delete rule.annotations;
  writeFileSync(join(folder, 'alerts.yaml'), stringify(rules));
  writeFileSync(join(folder, 'cases.yaml'), cases);
  return check('test', 'rules', join(folder, 'cases.yaml'));
}

describe('the cases of alerts', () => {
  it.each(alerts)('have one in which it fires, and one in which it must not: %s', (alert) => {
    const tests = (parse(cases) as Cases).tests.flatMap(({ alert_rule_test }) => alert_rule_test);
    const own = tests.filter(({ alertname }) => alertname === alert);
    const fires = own.map(({ exp_alerts = [] }) => exp_alerts.length > 0);
    expect(new Set(fires)).toEqual(new Set([true, false]));
  });
});

describe.skipIf(promtool === null)("promtool's judgement", () => {
  it('is that the rules are whole', () => {
    expect(check('check', 'rules', path('deploy/prometheus/alerts.yaml'))).toMatchObject({ status: 0 });
  });

  it('is that Prometheus reads the settings of its scrape', () => {
    const settings = parse(readFileSync(path('deploy/prometheus/scrape.yaml'), 'utf8')) as {
      scrape_configs: Record<string, unknown>[];
    };
    // Debian builds it without Kubernetes.
    for (const scrape of settings.scrape_configs) {
      expect(scrape.kubernetes_sd_configs).toEqual([{ role: 'pod' }]);
      delete scrape.kubernetes_sd_configs;
      scrape.static_configs = [{ targets: ['pod:4001'] }];
    }
    const file = join(temporaryFolder(), 'prometheus.yaml');
    writeFileSync(file, stringify(settings));
    expect(check('check', 'config', file)).toMatchObject({ status: 0 });
    writeFileSync(file, stringify(settings).replace('relabel_configs', 'relabel'));
    expect(check('check', 'config', file)).toMatchObject({ status: 1 });
  });

  it('is that each alert fires when it is to, and is silent when it must be', () => {
    const { status, output } = runCases(readRules());
    expect(output).not.toContain('FAILED');
    expect(status).toBe(0);
  });

  it.each(alerts)('is another where an alert never fires, or always: %s', (alert) => {
    for (const expr of ['vector(0) > 1', 'vector(1)']) {
      const rules = readRules();
      for (const rule of rules.groups.flatMap((group) => group.rules)) if (rule.alert === alert) rule.expr = expr;
      const { status, output } = runCases(rules);
      expect(status).not.toBe(0);
      expect(output).toContain(`alertname: ${alert},`);
    }
  });
});
