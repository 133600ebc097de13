import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, it, onTestFinished } from 'vitest';

const released = readFileSync('schema.graphql', 'utf8');

/**
 * Runs the check as CI does, over a schema in which `from` has become `to`, with a changelog that tells of `told` where it
 * counts, and of `OpenPort.pid` where it does not.
 */
function check(
  from: string,
  to: string,
  told = 'nothing',
): { readonly status: number | null; readonly output: string } {
  expect(released).toContain(from);
  const folder = mkdtempSync(join(tmpdir(), 'check-breaking-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'released.graphql'), released);
  writeFileSync(join(folder, 'schema.graphql'), released.replace(from, to));
  const log = `# Changelog\n\n## 2.0.0\n\n### Breaking\n\n- ${told}\n\n### Added\n\n- \`OpenPort.pid\`\n\n## 1.0.0\n\n### Breaking\n\n- \`OpenPort.pid\`\n`;
  writeFileSync(join(folder, 'CHANGELOG.md'), log);
  const files = ['released.graphql', 'schema.graphql', 'CHANGELOG.md'].map((name) => join(folder, name));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'scripts/check-breaking.ts', ...files],
    { encoding: 'utf8' },
  );
  return { status, output: stdout + stderr };
}

describe('the check of the schema against the last release', () => {
  it.each([
    ['a field that is gone', '  pid: Int\n', '  processId: Int\n', 'OpenPort.pid'],
    [
      'a field that may be null now',
      '  acceptedCount: Int!\n',
      '  acceptedCount: Int\n',
      'SetPortIgnorePayload.acceptedCount',
    ],
    ['an enum value that is gone', '  UDP6\n', '  QUIC\n', 'TransportProtocol.UDP6'],
    [
      'an argument that is needed now',
      '    id: ID!\n  ): Host',
      '    id: ID!\n    region: ID!\n  ): Host',
      'Query.host',
    ],
    ['an input field that is gone', '  hostIp: String\n', '  address: String\n', 'OpenPortFilterInput.hostIp'],
    ['an entity that is none any more', 'type Host @key(fields: "id") {', 'type Host {', 'Host.@key'],
  ])('fails on %s, and names it', (_what, from, to, path) => {
    const { status, output } = check(from, to);
    expect(output).toMatch(/^Breaking:$/m);
    expect(output).toContain(path);
    expect(status).toBe(1);
  });

  it.each([
    ['a default that is another', 'limit: Int = 10', 'limit: Int = 20', 'OpenPortPageInput.limit'],
    ['an enum value that is new', '  UDP6\n', '  UDP6\n\n  QUIC\n', 'TransportProtocol.QUIC'],
  ])('shows %s as dangerous, and passes', (_what, from, to, path) => {
    const { status, output } = check(from, to);
    expect(output).toMatch(/^Dangerous/m);
    expect(output).not.toMatch(/^Breaking:$/m);
    expect(output).toContain(path);
    expect(status).toBe(0);
  });

  it('passes what the changelog says is broken, and says so', () => {
    const { status, output } = check(
      '  pid: Int\n',
      '  processId: Int\n',
      '`OpenPort.pid` is `OpenPort.processId` now.',
    );
    expect(output).toMatch(/^Breaking, as .*CHANGELOG.md says:$/m);
    expect(output).not.toMatch(/^Breaking:$/m);
    expect(output).toContain('OpenPort.pid');
    expect(status).toBe(0);
  });

  it('passes a field that is new', () => {
    const { status, output } = check('  pid: Int\n', '  pid: Int\n\n  user: String\n');
    expect(output).toContain('OpenPort.user');
    expect(output).toContain('1 changes since');
    expect(status).toBe(0);
  });
});
