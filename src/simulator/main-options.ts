import { parseArgs } from 'node:util';
import type { NumberSwitch, SimulatorSwitches, WordSwitch } from './switches.ts';
import { switchWords } from './switches.ts';
import { demoTokens } from './tokens.ts';
import { toFlag } from './usage.ts';

/** What the command line asks for. */
export interface MainOptions {
  readonly help: boolean;
  readonly port: number;
  readonly host: string;
  readonly switches: Partial<SimulatorSwitches>;
}

const wordSwitches = Object.keys(switchWords) as readonly WordSwitch[];
const numberSwitches: readonly NumberSwitch[] = ['ignoreDelayMs', 'latencyMs', 'maxLimit', 'totalCap'];

/** Reads the command line, or throws an error that says what is wrong with it. */
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
