import type { NumberSwitch, WordSwitch } from './switches.ts';
import { defaultSwitches, switchWords } from './switches.ts';
import { demoTokens } from './tokens.ts';

/** What each switch settles, in words that go on with its value. */
const meanings: Readonly<Record<WordSwitch | NumberSwitch, string>> = {
  ignoredPortView: 'how an ignored port shows in the list',
  outOfRange: 'a number outside its range is refused, or taken as the nearest bound',
  aboveMaxLimit: 'a limit above --max-limit gives fewer rows, or is refused',
  missingCategory: 'a write without category',
  unknownHost: 'the list of a host that does not exist',
  unknownRow: 'a write that names a port that does not exist',
  repeatedIgnore: 'ignoring what is ignored already',
  statusFilterSpelling: "the spellings of the status filter's unknown that are taken",
  unknownSpelling: 'how that is spelt in answers',
  numberSpelling: 'numbers as such, or as text of digits',
  modifyBody: 'the body of a successful write',
  messageLanguage: "the language of HSS's own messages",
  errorShape: "HSS's own errors as of today, or as they once were",
  foreignProject: 'the status for a token of another project',
  ignoreDelayMs: 'time between an accepted write and the list showing it',
  latencyMs: 'time that every answer takes at least',
  maxLimit: 'the most rows that a read gives',
  totalCap: 'where total_num stops counting, or none',
};

/** The page that `--help` prints. */
export function usage(): string {
  const words = Object.entries(switchWords).map(([name, values]) => [name, values.join('|')] as const);
  const numbers = Object.entries(defaultSwitches).flatMap(([name, value]) =>
    typeof value === 'number' ? [[name, `N (default ${String(value)})`] as const] : [],
  );
  return [
    'HSS on loopback, its hosts listed at /: npm run simulator -- [options]',
    '',
    '  --port N (default 18080)',
    '  --host ADDRESS (default 127.0.0.1)',
    `  --strict: take no token but ${demoTokens.map(({ token }) => token).join(', ')}`,
    '  --token TOKEN: take no token but this; may be given more than once, and beside --strict',
    '',
    'What no page settles about HSS, the likeliest first:',
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
