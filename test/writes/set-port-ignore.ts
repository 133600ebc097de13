import type { RecordedCall } from '../../src/simulator/recorder.ts';
import { toAgentId } from '../../src/simulator/hosts.ts';
import type { GraphQLResult, TestGateway } from '../support/gateway.ts';

/** Everything that setPortIgnore tells, but for hosts. */
export const setPortIgnoreDocument = `mutation SetPortIgnore($input: SetPortIgnoreInput!) {
  setPortIgnore(input: $input) {
    ignore
    acceptedCount
    rejectedCount
    unknownCount
    results { outcome portId agentId port protocol containerId hostId error { code message retryAfterSeconds } }
  }
}`;

export interface PortKey {
  readonly agentId: string;
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP';
  readonly containerId?: string;
  readonly hostId?: string;
}

/** Sends setPortIgnore; `ignore` is true unless the input says otherwise. */
export function setPortIgnore(
  gateway: TestGateway,
  input: object,
  headers?: Readonly<Record<string, string>>,
): Promise<GraphQLResult> {
  return gateway.query(setPortIgnoreDocument, { input: { ignore: true, ...input } }, headers);
}

/** The first ports of a sized host, `host-10000` for example, by their parts. */
export function portsOf(hostId: string, count: number): PortKey[] {
  return Array.from({ length: count }, (_, index) => ({
    agentId: toAgentId(hostId),
    port: 1024 + index,
    protocol: index % 4 === 3 ? 'UDP' : 'TCP',
  }));
}

/** A port as a write of HSS carries it. */
export interface WrittenPort {
  readonly agent_id: string;
  readonly port: number;
  readonly port_type: string;
  readonly container_id?: string;
  readonly host_id?: string;
}

export interface WrittenBody {
  readonly operate_type: string;
  readonly data_list: readonly WrittenPort[];
}

export const bodyOf = ({ body }: RecordedCall): WrittenBody => body as WrittenBody;

/** The calls that were writes. */
export const writesOf = ({ simulator }: TestGateway): RecordedCall[] =>
  simulator.calls.filter(({ method }) => method === 'POST');

/** Whether a call is a write of this port: picks the chunk that a fault befalls. */
export const writes =
  (port: number) =>
  (call: RecordedCall): boolean =>
    call.method === 'POST' && bodyOf(call).data_list.some((target) => target.port === port);

/** `[outcome, code]` of the result of each port number. */
export function outcomesOf({ data }: GraphQLResult): Map<number, readonly [outcome: string, code: string | null]> {
  const { results } = data.setPortIgnore as {
    results: { port: number; outcome: string; error: { code: string } | null }[];
  };
  return new Map(results.map(({ port, outcome, error }) => [port, [outcome, error?.code ?? null]]));
}

/** The lines of the audit so far. */
export const auditOf = ({ log }: TestGateway): Record<string, unknown>[] => log.filter(({ msg }) => msg === 'audit');

export interface ListedPort {
  readonly id: string;
  readonly agentId: string;
  readonly port: number;
  readonly status: string;
  readonly ignoreKey: string | null;
}

/** Up to 1,000 rows of a host as a client lists them; what was asked of HSS for it is forgotten. */
export async function listPorts(
  gateway: TestGateway,
  hostId: string,
  filter: object = {},
  offset = 0,
): Promise<ListedPort[]> {
  const { data } = await gateway.query(
    `query ($id: ID!, $filter: OpenPortFilterInput, $offset: Int) {
      host(id: $id) {
        ports(filter: $filter, page: { limit: 1000, offset: $offset }) { nodes { id agentId port status ignoreKey } }
      }
    }`,
    { id: hostId, filter, offset },
  );
  gateway.simulator.clearCalls();
  return data.host.ports.nodes as ListedPort[];
}
