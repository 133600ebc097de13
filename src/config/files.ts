import { readFileSync } from 'node:fs';
import type { ConfigFault } from './config-error.ts';

type Given = Readonly<Record<string, string>>;

/** The one variable that may come from a file: a mounted secret appears in no list of processes, and in no manifest. */
const secretVariable = 'ROUTER_SECRET';
export const secretFileVariable = `${secretVariable}_FILE`;

/**
 * What was given, with the content of the secret file in place of its path. `…_FILE` for any other variable of ours is
 * a fault: it would have no effect, and leave open what it was meant to close.
 */
export function withFiles(given: Given, variables: readonly string[], faults: ConfigFault[]): Given {
  for (const variable of variables) {
    const name = `${variable}_FILE`;
    if (name !== secretFileVariable && given[name] !== undefined)
      faults.push({ name, message: `is not supported: set ${variable} itself` });
  }
  const path = given[secretFileVariable];
  if (path === undefined) return given;
  const content = contentOf(path);
  if (given[secretVariable] !== undefined)
    faults.push({ name: secretFileVariable, message: `must not be set together with ${secretVariable}` });
  else if (content === null) faults.push({ name: secretFileVariable, message: 'must be the path of a readable file' });
  else if (content.trim() === '') faults.push({ name: secretFileVariable, message: 'must contain a secret' });
  else return { ...given, [secretVariable]: content };
  return given;
}

/** The name to report a variable's fault under. */
export function sourceOf(variable: string, given: Given): string {
  return variable === secretVariable && given[secretFileVariable] !== undefined ? secretFileVariable : variable;
}

function contentOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
