import { readFileSync } from 'node:fs';
import type { IncomingHttpHeaders, Agent } from 'node:http';
import { request as open } from 'node:http';
import { onTestFinished } from 'vitest';
import type { Simulator, SimulatorOptions } from '../../src/simulator/simulator.ts';
import { createSimulator } from '../../src/simulator/simulator.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Page {
  readonly total_num: number;
  readonly data_list: readonly Readonly<Record<string, unknown>>[];
}

export interface Ask {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly agent?: Agent;
  readonly signal?: AbortSignal;
}

export interface Talk {
  readonly simulator: Simulator;
  readonly origin: string;
  /** Sends a request as it is; a token goes along unless `headers` says otherwise. */
  readonly send: (ask: Ask) => Promise<Answer>;
  /** Asks for a list under the project `p`, in the words of the query. */
  readonly list: (query: string, token?: string, project?: string) => Promise<Answer>;
  readonly page: (query: string, token?: string, project?: string) => Promise<Page>;
  /** Writes under the project `p`. */
  readonly modify: (body: unknown, query?: string) => Promise<Answer>;
}

/** A simulator of one test's own, and a plain node:http client to it. */
export async function startTalk(options?: SimulatorOptions): Promise<Talk> {
  const simulator = createSimulator(options);
  const origin = await simulator.listen();
  onTestFinished(() => simulator.close());

  const send = (ask: Ask) => sendTo(origin, ask);
  const list = (query: string, token = 'any', project = 'p') =>
    send({ path: `/v5/${project}/asset/ports?${query}`, headers: { 'x-auth-token': token } });
  return {
    simulator,
    origin,
    send,
    list,
    page: async (query, token, project) => toPage(await list(query, token, project)),
    modify: (body, query = 'category=host') =>
      send({
        method: 'POST',
        path: `/v5/p/asset/batch-modify-port-status?${query}`,
        headers: { 'x-auth-token': 'any', 'content-type': 'application/json' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
  };
}

export function sendTo(origin: string, ask: Ask): Promise<Answer> {
  const { method = 'GET', path, headers = { 'x-auth-token': 'any' }, body, agent, signal } = ask;
  return new Promise((resolve, reject) => {
    const request = open(origin + path, { method, headers, ...(agent && { agent }), ...(signal && { signal }) });
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
    });
    request.end(body);
  });
}

export function toPage(answer: Answer): Page {
  if (answer.status !== 200) throw new Error(`${String(answer.status)} ${answer.text}`);
  return JSON.parse(answer.text) as Page;
}

export function toError(answer: Answer): string {
  const { error_code: code } = JSON.parse(answer.text) as { readonly error_code: string };
  return `${String(answer.status)} ${code}`;
}

export interface Example {
  readonly status: number;
  readonly body: unknown;
  readonly requestBody: unknown;
}

/** A body of HSS from the documents or captured by somebody, copied from the project's page of facts. */
export function readExample(name: string): Example {
  return JSON.parse(readFileSync(new URL(`examples/${name}.json`, import.meta.url), 'utf8')) as Example;
}

/** The agent and the one port of `host-1`. */
export async function firstPort(talk: Talk): Promise<{ agent_id: string; port: number; port_type: string }> {
  const [row] = (await talk.page('host_id=host-1')).data_list;
  return { agent_id: String(row?.agent_id), port: Number(row?.port), port_type: String(row?.type) };
}
