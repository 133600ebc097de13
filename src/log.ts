import { pino, type Logger } from 'pino';
import type { LogLevel } from './config.ts';

export type { Logger };

/** JSON lines, or readable ones on a terminal. What goes in is chosen by name: no header, URL or body ever does. */
export function createLog(level: LogLevel): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    process.stdout.isTTY
      ? pino.transport({ target: 'pino-pretty', options: { ignore: 'pid,hostname' } })
      : // Without a least length, pino takes every line for written as soon as it is handed over, and flushes nothing.
        pino.destination({ dest: 1, sync: false, minLength: 1 }),
  );
}

/** Resolves when every line is written: those on their way when the process exits would come late, or not at all. */
export function flushed(log: Logger): Promise<void> {
  return new Promise((resolve) => log.flush(() => resolve()));
}
