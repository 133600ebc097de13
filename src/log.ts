import { pino, type LevelWithSilent, type Logger } from 'pino';
import { countIn } from './count-in.ts';

export type { Logger };

/**
 * Characters that may wait while nobody reads the log; lines beyond them are lost, counted, and reported afterwards.
 * Some 50,000 lines, a minute of a busy gateway, and little compared with the memory that
 * deploy/kubernetes/deployment.yaml gives it.
 */
const maxWaiting = 16 * 1024 * 1024;

/** Lines are buffered up to this many characters, for at most this long: a write costs as much as making ten lines. */
const minWritten = 16_000;
const maxDelayMs = 50;

/** JSON lines, or readable ones on a terminal. Fields are chosen by name: no header, URL or body is ever logged. */
export function createLog(level: LevelWithSilent): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    process.stdout.isTTY
      ? pino.transport({ target: 'pino-pretty', options: { ignore: 'pid,hostname' } })
      : (output ??= standardOutput()),
  );
}

/** The time in pino's own format, made once per millisecond: many lines share it. */
let lastMilliseconds = 0;
let lastTime = '';
function isoTime(): string {
  const now = Date.now();
  if (now !== lastMilliseconds) {
    lastMilliseconds = now;
    lastTime = `,"time":"${new Date(now).toISOString()}"`;
  }
  return lastTime;
}

interface Output {
  write(line: string): void;
  flush(onFlushed: () => void): void;
}

/** Shared by all logs of the process. */
let output: Output | null = null;

let lost = 0;
/** How many lines of the process were lost because nobody read them in time. */
export const lostLines = (): number => lost;

/** Lines are passed on once per turn of the event loop: pino's destination measures its whole backlog at each write. */
function standardOutput(): Output {
  const destination = pino.destination({
    dest: 1,
    sync: false,
    minLength: minWritten,
    maxLength: maxWaiting,
    periodicFlush: maxDelayMs,
  });
  // A full disk is no reason to stop serving: the next line tries again. pino's flush at exit would retry forever.
  destination.on('error', () => {
    destination.flushSync = () => undefined;
  });
  let told = 0;
  destination.on('drop', (dropped: string) => (lost += countIn(dropped, '\n', dropped.length)));
  destination.on('drain', () => {
    if (lost === told) return;
    lines += `{"level":"error"${isoTime()},"lines":${lost - told},"msg":"lines were lost"}\n`;
    told = lost;
    setImmediate(handOn);
  });
  let lines = '';
  const handOn = (): void => {
    if (lines !== '') destination.write(lines);
    lines = '';
  };
  process.on('exit', () => {
    handOn();
    destination.flushSync();
  });
  return {
    write(line) {
      if (lines === '') setImmediate(handOn);
      lines += line;
    },
    flush(onFlushed) {
      handOn();
      destination.flush(onFlushed);
    },
  };
}

/** What a line says of something that was thrown; null where that is no error. */
export const messageOf = (error: unknown): string | null => (error instanceof Error ? error.message : null);

/** The same log, written whatever LOG_LEVEL says. */
export function always(log: Logger): Logger {
  return log.child({}, { level: 'info' });
}

/** Resolves when every line is written: lines still pending when the process exits would come late, or not at all. */
export function flushed(log: Logger): Promise<void> {
  return new Promise((resolve) => log.flush(() => resolve()));
}
