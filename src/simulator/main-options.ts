import { parseArgs } from 'node:util';
import type { SimulatorSwitches, WordSwitch } from './switches.ts';
import { defaultSwitches, switchWords } from './switches.ts';
import { demoTokens } from './tokens.ts';

/** What the command line asks for. */
export interface MainOptions {
  readonly help: boolean;
  readonly port: number;
  readonly host: string;
  readonly switches: Partial<SimulatorSwitches>;
}

const wordSwitches = Object.keys(switchWords) as readonly WordSwitch[];
const numberSwitches = ['ignoreDelayMs', 'latencyMs', 'maxLimit', 'totalCap'] as const;

/** Reads the command line, or throws an error that names what is wrong with it. */
export function readMainOptions(args: readonly string[]): MainOptions {
  const flags = [...wordSwitches, ...numberSwitches].map((name) => [toFlag(name), { type: 'string' }] as const);
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      port: { type: 'string', default: '18080' },
      host: { type: 'string', default: '127.0.0.1' },
      strict: { type: 'boolean', default: false },
      token: { type: 'string', multiple: true, default: [] },
      ...Object.fromEntries(flags),
    },
  });
  const given = new Map(Object.entries(values));
  const tokens = values.token.map((token) => ({ token }));
  const isStrict = values.strict || tokens.length > 0;
  return {
    help: values.help,
    port: toInteger('port', values.port),
    host: values.host,
    switches: {
      ...readWords(given),
      ...readNumbers(given),
      strictTokens: isStrict ? [...(values.strict ? demoTokens : []), ...tokens] : null,
    },
  };
}

/** The page that `--help` prints. */
export function usage(): string {
  const words = wordSwitches.map((name) => `  --${toFlag(name)} ${switchWords[name].join('|')}`);
  const numbers = numberSwitches.map((name) => `  --${toFlag(name)} N (default ${String(defaultSwitches[name])})`);
  return [
    'HSS on loopback, its hosts listed at /: npm run simulator -- [options]',
    '',
    '  --port N (default 18080)',
    '  --host ADDRESS (default 127.0.0.1)',
    `  --strict: take no token but ${demoTokens.map(({ token }) => token).join(', ')}`,
    '  --token TOKEN: take no token but this; may be given more than once, and beside --strict',
    '',
    'Open points of HSS, the likeliest first:',
    ...words,
    ...numbers,
    '  --total-cap none: total_num counts every row',
    '',
  ].join('\n');
}

function readWords(given: ReadonlyMap<string, unknown>): Partial<SimulatorSwitches> {
  const entries = wordSwitches.flatMap((name) => {
    const value = given.get(toFlag(name));
    const words: readonly string[] = switchWords[name];
    if (value === undefined) return [];
    if (typeof value !== 'string' || !words.includes(value)) {
      throw new Error(`--${toFlag(name)} is one of ${words.join(', ')}`);
    }
    return [[name, value] as const];
  });
  return Object.fromEntries(entries);
}

function readNumbers(given: ReadonlyMap<string, unknown>): Partial<SimulatorSwitches> {
  const entries = numberSwitches.flatMap((name) => {
    const value = given.get(toFlag(name));
    if (typeof value !== 'string') return [];
    return [[name, name === 'totalCap' && value === 'none' ? null : toInteger(toFlag(name), value)] as const];
  });
  return Object.fromEntries(entries);
}

function toInteger(flag: string, text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new Error(`--${flag} is a whole number`);
  return Number(text);
}

function toFlag(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
