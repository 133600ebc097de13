import type { NumberSwitch, WordSwitch } from './switches.ts';
import { defaultSwitches, switchWords } from './switches.ts';
import { demoTokens } from './tokens.ts';

/** What each switch decides, as the text after its values. */
const meanings: Readonly<Record<WordSwitch | NumberSwitch, string>> = {
  ignoredPortView: 'how an ignored port appears in the list',
  outOfRange: 'a number outside its range: refuse it, or use the nearest bound',
  aboveMaxLimit: 'a limit above --max-limit: return fewer rows, or refuse it',
  missingCategory: 'a write without a category',
  unknownHost: 'listing a host that does not exist',
  unknownRow: 'a write with a port that does not exist: skip the port, or refuse the write',
  repeatedIgnore: 'ignoring a port that is already ignored',
  statusFilterSpelling: 'which spellings of unknown the status filter accepts',
  unknownSpelling: 'how responses spell unknown',
  numberSpelling: 'numbers in responses as JSON numbers, or as text',
  modifyBody: 'the body of the response to a successful write',
  messageLanguage: "the language of HSS's own messages",
  errorShape: "the shape of HSS's own errors: today's, or the old one",
  foreignProject: 'the HTTP status for a token of another project',
  ignoreDelayMs: 'delay until an accepted write shows in the list',
  latencyMs: 'minimum time of every response',
  maxLimit: 'maximum number of rows per read',
  totalCap: 'where total_num stops counting; none: never',
};

/** The page that `--help` prints. */
export function usage(): string {
  const words = Object.entries(switchWords).map(([name, values]) => [name, values.join('|')] as const);
  const numbers = Object.entries(defaultSwitches).flatMap(([name, value]) =>
    typeof value === 'number' ? [[name, `N (default ${String(value)})`] as const] : [],
  );
  return [
    'Simulates HSS on loopback, and lists its hosts at /: npm run simulator -- [options]',
    '',
    '  --port N (default 18080)',
    '  --host ADDRESS (default 127.0.0.1)',
    `  --strict: accept only the tokens ${demoTokens.map(({ token }) => token).join(', ')}`,
    '  --token TOKEN: accept only this token; may be repeated, and combined with --strict',
    '',
    'What the documentation of HSS leaves open (of words, the first is the likeliest, and the default):',
    ...[...words, ...numbers].map(
      ([name, values]) => `  --${toFlag(name)} ${values}: ${meanings[name as keyof typeof meanings]}`,
    ),
    '',
  ].join('\n');
}

/** A switch as the command line spells it. */
export function toFlag(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
