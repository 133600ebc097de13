import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { builtGateway } from './build.ts';
import { eventually } from './eventually.ts';

export interface GatewayProcess {
  readonly pid: number;
  /** Lines of the log so far. */
  log(): Record<string, unknown>[];
  stdout(): string;
  stderr(): string;
  /** Whether its standard output is read, as it is until somebody says otherwise. */
  readOutput(isRead: boolean): void;
  /** Of `/graphql`, once it listens. */
  url(): Promise<string>;
  kill(signal: NodeJS.Signals): void;
  readonly exited: Promise<{ readonly code: number | null; readonly signal: string | null }>;
}

/**
 * The built gateway as a process of its own, on a free port, with nothing in its environment but `env`. Its standard
 * output is read, unless it is to go to a file that is open.
 */
export async function spawnGateway(
  env: Readonly<Record<string, string>> = {},
  output: 'pipe' | number = 'pipe',
): Promise<GatewayProcess> {
  const main = fileURLToPath(await builtGateway());
  const child = spawn(process.execPath, [main], { env: { PORT: '0', ...env }, stdio: ['ignore', output, 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const exited = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as string | null,
  }));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  const log = (): Record<string, unknown>[] =>
    stdout
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  return {
    pid: child.pid!,
    log,
    stdout: () => stdout,
    stderr: () => stderr,
    readOutput(isRead) {
      if (isRead) child.stdout?.resume();
      else child.stdout?.pause();
    },
    url: () =>
      eventually(() => {
        const line = log().find(({ msg }) => msg === 'listening');
        if (!line) throw new Error(`The gateway does not listen: ${stdout}${stderr}`);
        return String(line.url).replace('0.0.0.0', '127.0.0.1');
      }),
    kill: (signal) => child.kill(signal),
    exited,
  };
}

/** Sends an operation to a gateway. */
export async function ask(
  url: string,
  query: string,
  headers: Readonly<Record<string, string>> = {},
  signal: AbortSignal | null = null,
): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    signal,
    headers: { 'content-type': 'application/json', 'x-auth-token': 'token', ...headers },
    body: JSON.stringify({ query }),
  });
}
