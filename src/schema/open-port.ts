import type { PortRow } from '../hss/port-row.ts';
import { readsToFind } from '../reads/open-port-by-id.ts';
import { readOpenPortId, toOpenPortId, type OpenPortIdParts } from '../reads/open-port-id.ts';
import { toIgnoreKey, toTarget } from '../writes/ignorable-port.ts';
import { badInput } from '../errors/client-error.ts';
import { builder } from './builder.ts';
import { addEntity } from './entity.ts';
import { costs } from './field-cost.ts';
import { Host, type HostReference } from './host.ts';
import { rowFields } from './selected-fields.ts';
import { PortStatus, TransportProtocol } from './port-enums.ts';

export const OpenPort = builder.objectRef<PortRow>('OpenPort');

/** The parts of an id. Refuses ids that this gateway did not make. */
export function toOpenPortIdParts(id: string, argument: string): OpenPortIdParts {
  const key = readOpenPortId(id);
  if (key === null) throw badInput(argument, `\`${argument}\` is not an OpenPort.id.`);
  return key;
}

/** The cost of finding rows by their ids. */
export const costOfPorts = {
  hosts: (ids: readonly string[]): number => new Set(partsOf(ids).map(({ hostId }) => hostId)).size,
  reads: (ids: readonly string[]): number => readsToFind(partsOf(ids)),
};

addEntity(
  OpenPort,
  (id, { loaders }, info) => loaders().openPortById().load(toOpenPortIdParts(id, 'id'), rowFields(info)),
  costOfPorts,
);

/** The parts of the valid ids, each once. */
const partsOf = (ids: readonly string[]): OpenPortIdParts[] =>
  [...new Set(ids)].map(readOpenPortId).filter((parts) => parts !== null);

builder.objectType(OpenPort, {
  directives: { key: { fields: 'id' } },
  description:
    'A port that a process listens on, on a server or in a container on it. The same port number has one row per address, protocol and process.',
  fields: (t) => ({
    id: t.id({
      description:
        'Opaque id of the row. It stays the same between reads, even if the status changes. A restarted process, or another executable, is a new row with a new id.',
      extensions: costs({ cost: { characters: 400 } }),
      resolve: toOpenPortId,
    }),
    host: t.field({
      type: Host,
      description: 'The server whose ports were requested. HSS: `host_id`.',
      resolve: ({ hostId }): HostReference => ({ id: hostId }),
    }),
    port: t.exposeInt('port', { nullable: true, description: 'Port number, 0 to 65535. HSS: `port`.' }),
    protocol: t.expose('protocol', {
      type: TransportProtocol,
      nullable: true,
      description: 'Transport protocol; null if HSS reports one that it does not document. HSS: `type`.',
    }),
    status: t.expose('status', {
      type: PortStatus,
      nullable: true,
      description:
        'Danger level. It does not tell whether the port is ignored, which HSS does not report. HSS: `status`.',
    }),
    listenAddress: t.exposeString('listenAddress', {
      nullable: true,
      description: 'Address that the process listens on, for example `0.0.0.0` or `::`. HSS: `laddr`.',
    }),
    pid: t.exposeInt('pid', { nullable: true, description: 'Process id. HSS: `pid`.' }),
    executablePath: t.exposeString('executablePath', {
      nullable: true,
      description: 'Path of the executable; on Windows with backslashes. HSS: `path`.',
      extensions: costs({ cost: { characters: 258 } }),
    }),
    agentId: t.exposeID('agentId', { nullable: true, description: 'HSS agent on the server. HSS: `agent_id`.' }),
    containerId: t.exposeID('containerId', {
      nullable: true,
      description: 'Container that the process runs in; null on the server itself. HSS: `container_id`.',
    }),
    ignoreKey: t.id({
      nullable: true,
      extensions: costs({ cost: { characters: 320 } }),
      description:
        'Opaque key, the same for all rows that one ignore affects: HSS ignores by agent, port number, protocol and container, whatever the address or process. Null if HSS cannot ignore the row, because it has no agent or port number, or its protocol is not TCP or UDP.',
      resolve: (row) => toIgnoreKey(toTarget(row)),
    }),
  }),
});
