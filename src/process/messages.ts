import cluster, { type Worker } from 'node:cluster';
import process from 'node:process';
import type { Ports } from './start-lines.ts';

/** What one process tells another … */
interface Told {
  /** From a worker to its primary: that it serves, and where. */
  readonly started: Ports;
  /** From the primary to a worker: to end, and for how many milliseconds to admit operations before. */
  readonly drain: number;
}

/** … and what it asks: the type of answer to each question. */
interface Asked {
  /** From a worker to its primary: the metrics of all workers, in Prometheus' text format. */
  readonly metrics: string;
  /** From the primary to a worker: its metrics, in prom-client's JSON form. */
  readonly report: readonly object[];
}

type Message =
  | { readonly told: string; readonly content: unknown }
  | { readonly asked: string; readonly id: number }
  | { readonly answered: number; readonly content: unknown };

/** A worker of this primary, or, in a worker, the process itself, whose other end is its primary. */
export type Peer = Worker | NodeJS.Process;

export function tell<T extends keyof Told>(peer: Peer, what: T, content: Told[T]): void {
  send(peer, { told: what, content });
}

export function onTold<T extends keyof Told>(what: T, listener: (content: Told[T], peer: Peer) => void): void {
  onMessage((message, peer) => {
    if ('told' in message && message.told === what) listener(message.content as Told[T], peer);
  });
}

/** Rejects if no answer comes in time. */
export function ask<T extends keyof Asked>(peer: Peer, what: T, patienceMs: number): Promise<Asked[T]> {
  return new Promise((resolve, reject) => {
    const id = ++lastId;
    const end = (): void => {
      clearTimeout(timer);
      waiting.delete(id);
    };
    const timer = setTimeout(() => {
      end();
      reject(new Error(`No answer: ${what}.`));
    }, patienceMs);
    waiting.set(id, (content) => {
      end();
      resolve(content as Asked[T]);
    });
    send(peer, { asked: what, id });
  });
}

/** If `answer` rejects, no answer is sent. */
export function onAsked<T extends keyof Asked>(what: T, answer: () => Promise<Asked[T]>): void {
  onMessage((message, peer) => {
    if (!('asked' in message) || message.asked !== what) return;
    answer().then(
      (content) => send(peer, { answered: message.id, content }),
      () => undefined,
    );
  });
}

let lastId = 0;
const waiting = new Map<number, (content: unknown) => void>();
onMessage((message) => {
  if ('answered' in message) waiting.get(message.answered)?.(message.content);
});

function onMessage(listener: (message: Message, peer: Peer) => void): void {
  const hear = (message: unknown, peer: Peer): void => {
    // A process manager sends messages of its own.
    if (typeof message === 'object' && message !== null) listener(message as Message, peer);
  };
  if (cluster.isPrimary) cluster.on('message', (worker, message) => hear(message, worker));
  else process.on('message', (message) => hear(message, process));
}

/** Ignores errors: a peer that has gone needs no message. */
function send(peer: Pick<Peer, 'send'>, message: Message): void {
  peer.send?.(message, undefined, undefined, () => undefined);
}
