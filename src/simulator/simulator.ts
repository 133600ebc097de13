import { setMaxListeners } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createBuiltInHosts } from './built-in-hosts.ts';
import type { Fault } from './faults.ts';
import { createFaultQueue } from './faults.ts';
import type { SimulatedHost } from './hosts.ts';
import type { IgnoreTarget } from './ignore-state.ts';
import { createIgnoreState, toIgnoreKey } from './ignore-state.ts';
import type { RecordedCall } from './recorder.ts';
import { createRecorder } from './recorder.ts';
import { createHssServer } from './server.ts';
import type { SimulatorSwitches } from './switches.ts';
import { defaultSwitches } from './switches.ts';

/** Switches, and settings that cannot change later. */
export interface SimulatorOptions extends Partial<SimulatorSwitches> {
  /** Hosts that replace the built-in ones. */
  readonly data?: readonly SimulatedHost[];
  /** How many of the last calls are kept; default 1000. */
  readonly record?: number;
}

/** HSS on loopback. */
export interface Simulator {
  /** May be set at any time: `simulator.switches.ignoredPortView = 'removed'`. */
  readonly switches: SimulatorSwitches;
  /** What reached HSS, in order of arrival. */
  readonly calls: readonly RecordedCall[];
  /** The most requests under way at once since the last `clearCalls`. */
  readonly mostConcurrent: number;
  /** Starts serving and returns its origin; may be called again after `close`. */
  listen(port?: number, host?: string): Promise<string>;
  /** Stops serving; requests under way are cut off. */
  close(): Promise<void>;
  clearCalls(): void;
  addHost(host: SimulatedHost): void;
  on(fault: Fault): void;
  clearFaults(): void;
  /** Whether an accepted write ignored this port, whatever the list shows. */
  isIgnored(target: IgnoreTarget): boolean;
  clearIgnored(): void;
}

/** A simulator that knows the built-in hosts by default, and answers as HSS probably does. */
export function createSimulator({ data, record = 1000, ...settings }: SimulatorOptions = {}): Simulator {
  const switches: SimulatorSwitches = { ...defaultSwitches, ...settings };
  const hosts = new Map((data ?? createBuiltInHosts()).map((host) => [host.hostId, host]));
  const ignoreState = createIgnoreState();
  const recorder = createRecorder(record);
  const faults = createFaultQueue();
  let stop = new AbortController();
  let server: Server | null = null;

  return {
    switches,
    calls: recorder.calls,
    get mostConcurrent() {
      return recorder.mostConcurrent;
    },
    async listen(port = 0, host = '127.0.0.1') {
      if (server) throw new Error('The simulator is listening already.');
      stop = new AbortController();
      // Every waiting request listens to it.
      setMaxListeners(0, stop.signal);
      const started = createHssServer({ hosts, ignoreState, switches, recorder, faults, stopped: stop.signal });
      server = started;
      try {
        return await listenOn(started, port, host);
      } catch (error) {
        server = null;
        throw error;
      }
    },
    async close() {
      const closing = server;
      server = null;
      stop.abort();
      if (closing) await closeServer(closing);
    },
    clearCalls: recorder.clear,
    addHost(host) {
      hosts.set(host.hostId, host);
    },
    on: faults.add,
    clearFaults: faults.clear,
    isIgnored: (target) => ignoreState.isIgnored(toIgnoreKey(target)),
    clearIgnored: ignoreState.clear,
  };
}

function listenOn(server: Server, port: number, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const { port: taken } = server.address() as AddressInfo;
      resolve(`http://${host.includes(':') ? `[${host}]` : host}:${String(taken)}`);
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
