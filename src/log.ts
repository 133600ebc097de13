import { pino, type LevelWithSilent, type Logger } from 'pino';
import { countIn } from './count-in.ts';

export type { Logger };

/**
 * Characters that wait for a reader of the log who does not read; lines beyond them are lost, counted, and told of
 * afterwards. Some 50,000 lines, a minute of a busy gateway, and little beside the memory that
 * deploy/kubernetes/deployment.yaml gives it.
 */
const maxWaiting = 16 * 1024 * 1024;

/** Lines are buffered up to so many characters, and for so long at most: to write costs as much as to make ten lines. */
const minWritten = 16_000;
const maxDelayMs = 50;

/** JSON lines, or readable ones on a terminal. What goes in is chosen by name: no header, URL or body ever does. */
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

/** pino's own time of this form, made once a millisecond: many lines share it. */
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

/** One for all logs of the process. */
let output: Output | null = null;

let lost = 0;
/** Lines of the process that nobody took in time. */
export const lostLines = (): number => lost;

/** Lines are handed on once in a turn of the event loop: pino's destination measures all that waits at each write. */
function standardOutput(): Output {
  const destination = pino.destination({
    dest: 1,
    sync: false,
    minLength: minWritten,
    maxLength: maxWaiting,
    periodicFlush: maxDelayMs,
  });
  // A full disk is no reason to stop serving: the next line tries again. What pino does at the exit would try for ever.
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

/** The same log, written whatever LOG_LEVEL says. */
export function always(log: Logger): Logger {
  return log.child({}, { level: 'info' });
}

/** Resolves when every line is written: those on their way when the process exits would come late, or not at all. */
export function flushed(log: Logger): Promise<void> {
  return new Promise((resolve) => log.flush(() => resolve()));
}
