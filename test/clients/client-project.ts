import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';

const root = process.cwd();
const runFile = promisify(execFile);

/** A frontend's project: its files beside api.graphql and open-ports.graphql, in a folder of its own. */
export interface ClientProject {
  readonly path: (name: string) => string;
  /** Runs a command of node_modules/.bin there and gives what it prints; one that fails tells what it said. */
  readonly run: (command: string, ...args: string[]) => Promise<string>;
}

const tsconfig = {
  compilerOptions: {
    target: 'ES2023',
    module: 'NodeNext',
    types: ['node'],
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    allowImportingTsExtensions: true,
  },
};

/** Such a project with TypeScript set up, removed when the test has finished; `plugins` are those of its tsconfig. */
export async function createClientProject(
  files: Readonly<Record<string, string>>,
  plugins: readonly object[] = [],
): Promise<ClientProject> {
  const folder = await mkdtemp(join(tmpdir(), 'client-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const compilerOptions = { ...tsconfig.compilerOptions, plugins };
  await Promise.all([
    symlink(join(root, 'node_modules'), join(folder, 'node_modules')),
    copyFile(join(root, 'api.graphql'), join(folder, 'api.graphql')),
    copyFile(join(root, 'test/clients/open-ports.graphql'), join(folder, 'open-ports.graphql')),
    writeFile(join(folder, 'package.json'), '{ "type": "module" }'),
    writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions })),
    ...Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)),
  ]);
  return {
    path: (name) => join(folder, name),
    async run(command, ...args) {
      const bin = join(root, 'node_modules/.bin', command);
      const { stdout } = await runFile(bin, args, { cwd: folder }).catch((error: unknown) => {
        const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string };
        throw new Error(`${command} failed:\n${stdout}${stderr}`, { cause: error });
      });
      return stdout;
    },
  };
}
