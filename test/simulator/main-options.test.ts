import { describe, expect, it } from 'vitest';
import { readMainOptions } from '../../src/simulator/main-options.ts';
import { defaultSwitches, switchWords } from '../../src/simulator/switches.ts';
import { usage } from '../../src/simulator/usage.ts';

describe('the command line', () => {
  it('asks for nothing by default', () => {
    expect(readMainOptions([])).toEqual({
      help: false,
      port: 18_080,
      host: '127.0.0.1',
      switches: { strictTokens: null },
    });
  });

  it('sets switches by their names', () => {
    const { port, host, switches } = readMainOptions([
      ...['--port', '0', '--host', '::1', '--ignored-port-view', 'removed', '--foreign-project=400'],
      ...['--latency-ms', '20', '--ignore-delay-ms', '5', '--total-cap', 'none'],
    ]);

    expect({ port, host }).toEqual({ port: 0, host: '::1' });
    expect(switches).toEqual({
      ignoredPortView: 'removed',
      foreignProject: '400',
      latencyMs: 20,
      ignoreDelayMs: 5,
      totalCap: null,
      strictTokens: null,
    });
  });

  it('takes the tokens it is given, and the demo tokens when strict', () => {
    expect(readMainOptions(['--token', 'a', '--token', 'b']).switches.strictTokens).toEqual([
      { token: 'a' },
      { token: 'b' },
    ]);
    expect(readMainOptions(['--strict', '--token', 'a']).switches.strictTokens).toContainEqual({ token: 'demo-token' });
  });

  it.each([
    [['--ignored-port-view', 'maybe'], '--ignored-port-view is one of unchanged, normal, removed'],
    [['--latency-ms', '-1'], "'--latency-ms' argument is ambiguous"],
    [['--latency-ms=soon'], '--latency-ms is a whole number'],
    [['--port', 'http'], '--port is a whole number'],
    [['--ports', '1'], "Unknown option '--ports'"],
    [['extra'], 'Unexpected argument'],
  ])('is refused with a reason: %j', (args, reason) => {
    expect(() => readMainOptions(args)).toThrow(reason);
  });

  it('has a help page that names every switch and word, and says what they mean', () => {
    for (const words of Object.values(switchWords)) expect(usage()).toContain(words.join('|'));
    for (const [name, value] of Object.entries(defaultSwitches)) {
      if (typeof value === 'object') continue;
      const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      expect(usage()).toMatch(new RegExp(`^  --${flag} [^:]+: [\\w'].+$`, 'm'));
      // And each that it names is taken.
      expect(readMainOptions([`--${flag}=${String(value)}`]).switches).toHaveProperty(name, value);
    }
  });
});
