import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createSimulator } from '../../src/simulator/simulator.ts';
import { builtGateway } from '../support/build.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { ask, spawnGateway, type GatewayProcess } from '../support/gateway-process.ts';

beforeAll(() => builtGateway(), 180_000);

const ports = '{ host(id: "h") { ports { totalCount } } }';

/** The sum of a metric over its labels. Where the machine is slow the primary may not sum up in time, and is asked again. */
async function metric(url: string, name: string): Promise<number> {
  const text = await eventually(async () => {
    const response = await fetch(new URL('/metrics', url));
    expect(response.status).toBe(200);
    return response.text();
  });
  const lines = text.split('\n').filter((line) => line.startsWith(name));
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

/** The processes of its workers, the oldest first. */
const workersOf = ({ pid }: GatewayProcess): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);

/** What /proc tells of a process: the first number after `name`. */
const numberOf = (pid: number, file: 'limits' | 'status', name: string): number =>
  Number(new RegExp(`^${name}\\D+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/${file}`, 'utf8'))![1]);

describe('several workers', () => {
  it('share one port, one start line, one simulator and one sum of metrics', async () => {
    const gateway = await spawnGateway({ WEB_CONCURRENCY: '3' });
    const url = await gateway.url();
    const list = await (
      await ask(url, '{ host(id: "dd91cd32-a238-4c0e-bc01-3b11653714ac") { ports { nodes { port agentId } } } }')
    ).json();
    expect(list).toMatchObject({ data: { host: { ports: { nodes: [{ port: 68 }, { port: 323 }] } } } });
    // Each on a connection of its own, so that each worker gets its turn.
    for (let index = 0; index < 8; index++) {
      expect((await ask(url, ports, { connection: 'close' })).status).toBe(200);
    }
    await eventually(async () => {
      expect(await metric(url, 'hss_gateway_operation_duration_seconds_count')).toBe(9);
    });
    expect(await metric(url, 'hss_gateway_upstream_call_duration_seconds_count')).toBe(9);
    expect(await metric(url, 'nodejs_eventloop_lag_seconds')).toBeGreaterThanOrEqual(0);
    expect(gateway.log().filter(({ msg }) => msg === 'listening')).toMatchObject([{ hss: 'simulator', workers: 3 }]);
    gateway.kill('SIGTERM');
    expect(await gateway.exited).toEqual({ code: 0, signal: null });
    expect(gateway.stderr()).toBe('');
  });

  it('all finish what is under way when told to end', async () => {
    const simulator = createSimulator({ latencyMs: 3_000 });
    const HSS_ENDPOINT = await simulator.listen();
    onTestFinished(() => simulator.close());
    const gateway = await spawnGateway({ WEB_CONCURRENCY: '2', HSS_ENDPOINT, HSS_PROJECT_ID: 'project' });
    const url = await gateway.url();
    const answers = Array.from({ length: 6 }, (_, index) =>
      // Equal reads would be one call.
      ask(url, ports.replace('"h"', `"h${index}"`), { connection: 'close' }),
    );
    await eventually(() => expect(simulator.calls).toHaveLength(6));
    gateway.kill('SIGTERM');
    for (const answer of answers) {
      expect(await (await answer).json()).toMatchObject({ data: { host: { ports: { totalCount: 0 } } } });
    }
    expect(await gateway.exited).toEqual({ code: 0, signal: null });
    expect(gateway.log().filter(({ msg }) => msg === 'draining' || msg === 'ended')).toHaveLength(2);
  });

  it('end at once with their primary when it is told a second time', async () => {
    const simulator = createSimulator({ latencyMs: 100_000 });
    const HSS_ENDPOINT = await simulator.listen();
    onTestFinished(() => simulator.close());
    const gateway = await spawnGateway({ WEB_CONCURRENCY: '2', HSS_ENDPOINT, HSS_PROJECT_ID: 'project' });
    const url = await gateway.url();
    const underWay = ask(url, ports).catch(() => null);
    await eventually(() => expect(simulator.calls).toHaveLength(1));
    const workers = workersOf(gateway);
    expect(workers).toHaveLength(2);
    // One that stands cannot hear that its primary has gone.
    for (const pid of workers) process.kill(pid, 'SIGSTOP');
    gateway.kill('SIGTERM');
    await eventually(() => expect(gateway.log().at(-1)).toMatchObject({ msg: 'draining' }));
    gateway.kill('SIGTERM');
    expect(await gateway.exited).toEqual({ code: 1, signal: null });
    await eventually(() => {
      for (const pid of workers) expect(existsSync(`/proc/${pid}`)).toBe(false);
    });
    expect(await underWay).toBeNull();
  });

  it('answer 503 for metrics that their primary does not sum up', async () => {
    const gateway = await spawnGateway({ WEB_CONCURRENCY: '2' });
    const url = await gateway.url();
    // The primary hands out connections: one that a worker has is needed before the primary stands still.
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    onTestFinished(() => agent.destroy());
    const statusOf = (path: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        get(new URL(path, url), { agent }, (response) => {
          response.resume().once('end', () => resolve(response.statusCode));
        }).once('error', reject);
      });
    expect(await statusOf('/metrics')).toBe(200);
    gateway.kill('SIGSTOP');
    expect(await statusOf('/metrics')).toBe(503);
    expect(await statusOf('/health')).toBe(200);
    await eventually(() =>
      expect(gateway.log().at(-1)).toMatchObject({ level: 'error', msg: 'cannot collect metrics' }),
    );
    gateway.kill('SIGCONT');
    expect(await statusOf('/metrics')).toBe(200);
  });

  it('are replaced when they die', async () => {
    const gateway = await spawnGateway({ WEB_CONCURRENCY: '2', PORT: String(await freePort()) });
    const url = await gateway.url();
    const workers = (): number[] => workersOf(gateway);
    await eventually(() => expect(workers()).toHaveLength(2));
    const origins = workers().map(
      (pid) => /EMBEDDED_SIMULATOR_ORIGIN=[^\0]+/.exec(readFileSync(`/proc/${pid}/environ`, 'utf8'))?.[0],
    );
    expect(origins[0]).toMatch(/=http:/);
    expect(origins[1]).toBe(origins[0]);
    const deaths = (): Record<string, unknown>[] =>
      gateway.log().filter(({ msg }) => msg === 'a worker died, and is replaced');
    for (const count of [1, 2]) {
      // The worker that has lived longest stays: the port is never left alone.
      const victim = workers().at(-1);
      process.kill(victim!, 'SIGKILL');
      await eventually(() => {
        expect(deaths()).toHaveLength(count);
        expect(workers()).toHaveLength(2);
        expect(workers()).not.toContain(victim);
      });
    }
    // The sooner they die, the longer the pause: a crash loop must not spin.
    expect(deaths().map(({ pauseMs }) => pauseMs)).toEqual([100, 200]);
    await eventually(async () => expect((await ask(url, ports)).status).toBe(200));
    expect(await metric(url, 'process_resident_memory_bytes')).toBeGreaterThan(0);
    expect(await metric(url, 'hss_gateway_worker_deaths_total')).toBe(2);
    gateway.kill('SIGINT');
    expect(await gateway.exited).toEqual({ code: 0, signal: null });
  });

  it('of a process manager pass over what it says in words of its own', async () => {
    const script = `
      const cluster = require('node:cluster');
      cluster.setupPrimary({ exec: process.argv[1], execArgv: [] });
      const worker = cluster.fork({ PORT: '0', HSS_ENDPOINT: 'http://127.0.0.1:9', LOG_LEVEL: 'silent' });
      worker.on('exit', () => process.exit(1));
      cluster.once('listening', async (_, { port }) => {
        for (const message of ['shutdown', null, 1, { type: 'process:msg' }]) worker.send(message);
        const { ok } = await fetch('http://127.0.0.1:' + port + '/health');
        worker.removeAllListeners('exit');
        worker.process.kill('SIGKILL');
        process.exit(ok ? 0 : 1);
      });`;
    const manager = spawn(process.execPath, ['-e', script, fileURLToPath(await builtGateway())], { stdio: 'ignore' });
    expect(await once(manager, 'exit')).toEqual([0, null]);
  });

  it('go on counting where one that died has left off', async () => {
    const gateway = await spawnGateway({ WEB_CONCURRENCY: '2' });
    const url = await gateway.url();
    await eventually(() => expect(workersOf(gateway)).toHaveLength(2));
    // Each on a connection of its own, so that each worker gets its turn.
    for (let index = 0; index < 8; index++) {
      expect((await ask(url, ports, { connection: 'close' })).status).toBe(200);
    }
    const operations = 'hss_gateway_operation_duration_seconds_count';
    await eventually(async () => expect(await metric(url, operations)).toBe(8));
    const [victim] = workersOf(gateway);
    process.kill(victim!, 'SIGKILL');
    await eventually(() => {
      expect(workersOf(gateway)).toHaveLength(2);
      expect(workersOf(gateway)).not.toContain(victim);
    });
    expect(await metric(url, operations)).toBe(8);
    expect((await ask(url, ports)).status).toBe(200);
    await eventually(async () => expect(await metric(url, operations)).toBe(9));
    expect(await metric(url, 'hss_gateway_breakers_open{scope="hss"}')).toBe(0);
    expect(await metric(url, 'hss_gateway_simulator')).toBe(1);
  });

  it('show of memory and files what the worst of them has: limits are of a process', async () => {
    const gateway = await spawnGateway({ WEB_CONCURRENCY: '2' });
    const url = await gateway.url();
    await eventually(async () => {
      const workers = workersOf(gateway);
      expect(workers).toHaveLength(2);
      expect(await metric(url, 'process_max_fds')).toBe(numberOf(workers[0]!, 'limits', 'Max open files'));
      const together = workers.reduce((sum, pid) => sum + numberOf(pid, 'status', 'VmRSS') * 1024, 0);
      expect(await metric(url, 'process_resident_memory_bytes')).toBeLessThan(0.75 * together);
    });
  });

  it('end the whole with 1 where none can start', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void taken.close());
    const { port } = taken.address() as AddressInfo;
    // Some of them find their primary gone in the middle of their start.
    const gateway = await spawnGateway({ WEB_CONCURRENCY: '4', PORT: String(port) });
    expect(await gateway.exited).toEqual({ code: 1, signal: null });
    expect(gateway.log().map(({ msg }) => msg)).toContain('no worker can start');
    expect(gateway.stderr()).toBe('');
  });

  it('report a fault of the configuration once', async () => {
    const gateway = await spawnGateway({ WEB_CONCURRENCY: '4', MAX_PAGE_LIMIT: 'many' });
    expect(await gateway.exited).toEqual({ code: 1, signal: null });
    expect(gateway.stderr()).toBe(
      'The configuration is invalid:\n  MAX_PAGE_LIMIT: must be a whole number from 1 to 10000\n',
    );
  });
});
