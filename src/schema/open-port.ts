import { readOpenPortId, toOpenPortId, type OpenPortIdParts, type PortRow } from '../reads/open-port-id.ts';
import { badInput } from '../errors/client-error.ts';
import { builder } from './builder.ts';
import { addEntity } from './entities.ts';
import { Host, type HostReference } from './host.ts';
import { PortStatus, TransportProtocol } from './port-enums.ts';

export const OpenPort = builder.objectRef<PortRow>('OpenPort');

/** What an id says; refused where it is not one of ours. */
export function toOpenPortIdParts(id: string, argument: string): OpenPortIdParts {
  const key = readOpenPortId(id);
  if (key === null) throw badInput(argument, `\`${argument}\` is not an OpenPort.id.`);
  return key;
}

addEntity(OpenPort, (id, { loaders }) => loaders().openPortById.load(toOpenPortIdParts(id, 'id')));

builder.objectType(OpenPort, {
  directives: { key: { fields: 'id' } },
  description:
    'A port that a process on a server, or in a container on it, listens on. One port may be in several rows: for each address, protocol and process.',
  fields: (t) => ({
    id: t.id({
      description:
        'Stands for the row: opaque, the same between reads, and not touched by a change of status. A process that starts anew makes a new row.',
      resolve: toOpenPortId,
    }),
    host: t.field({
      type: Host,
      description: 'The server whose ports were asked for. HSS: `host_id`.',
      resolve: ({ list }): HostReference => ({ id: list.hostId }),
    }),
    port: t.int({
      nullable: true,
      description: 'Port number, 0 to 65535. HSS: `port`.',
      resolve: ({ row }) => row.port,
    }),
    protocol: t.field({
      type: TransportProtocol,
      nullable: true,
      description: 'Transport protocol; null where HSS uses a word that it does not document. HSS: `type`.',
      resolve: ({ row }) => row.protocol,
    }),
    status: t.field({
      type: PortStatus,
      nullable: true,
      description: 'Danger level. It says nothing of whether the port is ignored: HSS does not tell. HSS: `status`.',
      resolve: ({ row }) => row.status,
    }),
    listenAddress: t.string({
      nullable: true,
      description: 'Address that the process listens on, for example `0.0.0.0` or `::`. HSS: `laddr`.',
      resolve: ({ row }) => row.listenAddress,
    }),
    pid: t.int({ nullable: true, description: 'Id of the process. HSS: `pid`.', resolve: ({ row }) => row.pid }),
    executablePath: t.string({
      nullable: true,
      description: 'Path of the executable, on Windows with backslashes. HSS: `path`.',
      resolve: ({ row }) => row.executablePath,
    }),
    agentId: t.id({
      nullable: true,
      description: 'HSS agent on the server. HSS: `agent_id`.',
      resolve: ({ row }) => row.agentId,
    }),
    containerId: t.id({
      nullable: true,
      description: 'Container that the process runs in; null on the server itself. HSS: `container_id`.',
      resolve: ({ row }) => row.containerId,
    }),
  }),
});
