import { expect } from 'vitest';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { eventually } from '../support/eventually.ts';
import { startHeldHss, type HeldHss } from './held-hss.ts';

/** An operation that has been sent to the gateway. */
export interface Sent {
  readonly requestId: string;
  /** What it is answered: the row's text, or the code of its error; `left` where its caller hung up. */
  readonly outcome: Promise<string>;
  /** Hangs up, and waits until the gateway has noticed. */
  leave(): Promise<void>;
}

export interface Callers {
  readonly gateway: TestGateway;
  readonly hss: HeldHss;
  /** Reads the ports of a host. Resolves when the gateway has got as far as it can. */
  readonly read: (token: string, project: string, host: string) => Promise<Sent>;
  /** Ignores a port. */
  readonly write: (token: string, project: string) => Promise<Sent>;
}

const readDocument = 'query ($host: ID!) { host(id: $host) { ports { nodes { executablePath } } } } ';
const writeDocument = `mutation { setPortIgnore(input: { ignore: true, ports: [{ agentId: "a", port: 1, protocol: TCP }] }) {
  results { outcome error { code } } } }`;

/** Callers of a gateway before an HSS that answers when the test says so. */
export async function startCallers(env: Readonly<Record<string, string>> = {}): Promise<Callers> {
  const hss = await startHeldHss();
  const gateway = await startGateway({ env: { HSS_ENDPOINT: hss.origin, ...env } });
  let operations = 0;

  async function send(token: string, project: string, query: string, variables: object): Promise<Sent> {
    const requestId = `r${++operations}`;
    const caller = new AbortController();
    const headers = {
      'content-type': 'application/json',
      'x-auth-token': token,
      'x-project-id': project,
      'x-request-id': requestId,
    };
    const answer = fetch(gateway.url, {
      method: 'POST',
      headers,
      body: JSON.stringify({ query, variables }),
      signal: caller.signal,
    });
    const outcome = answer.then(
      async (response) => outcomeOf((await response.json()) as Answered),
      () => 'left',
    );
    await settle();
    return {
      requestId,
      outcome,
      async leave() {
        caller.abort();
        await eventually(() => {
          expect(
            gateway.log.filter(({ msg, ...line }) => msg === 'operation' && line.requestId === requestId),
          ).toHaveLength(1);
        });
      },
    };
  }

  /** What was sent before this has got as far as it can: for this came later, goes further, and is answered. */
  async function settle(): Promise<void> {
    const { errors } = await gateway.query(readDocument, { host: `open-${++operations}` }, { 'x-project-id': 'other' });
    expect(errors).toBeUndefined();
  }

  return {
    gateway,
    hss,
    read: (token, project, host) => send(token, project, readDocument, { host }),
    write: (token, project) => send(token, project, writeDocument, {}),
  };
}

interface Answered {
  readonly data: {
    readonly host?: { readonly ports: { readonly nodes: readonly { readonly executablePath: string }[] } | null };
    readonly setPortIgnore?: {
      readonly results: readonly { readonly outcome: string; readonly error: { readonly code: string } | null }[];
    } | null;
  };
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

function outcomeOf({ data, errors }: Answered): string {
  const [error] = errors ?? [];
  if (error) return error.extensions.code;
  const [result] = data.setPortIgnore?.results ?? [];
  return result ? result.outcome : (data.host?.ports?.nodes[0]?.executablePath ?? 'nothing');
}
