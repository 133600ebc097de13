import { readRequiredText } from './arguments.ts';
import { builder } from './builder.ts';
import { addEntity } from './entity.ts';
import { callsBound, costs, sizeOfIds } from './field-cost.ts';
import { valueOrError } from './value-or-error.ts';
import { maxHostIdLength } from '../hss/bounds.ts';

/** A reference: whether HSS knows the host turns out when its ports are read. */
export interface HostReference {
  readonly id: string;
}

export const Host = builder.objectRef<HostReference>('Host');

/** Makes no call. */
function toHost(id: string, argument: string): HostReference {
  return { id: readRequiredText(id, argument, maxHostIdLength) };
}

builder.objectType(Host, {
  directives: { key: { fields: 'id' } },
  description: 'A server that HSS protects. Other subgraphs may add its name, addresses and other fields.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Server id, as in HSS and ECS. 1 to 128 characters. HSS: `host_id`.' }),
  }),
});

addEntity(Host, (id) => toHost(id, 'id'), { hosts: (ids) => new Set(ids).size });

const unchecked = 'Does not call HSS, and so does not check the id, unless you select its ports.';

builder.queryType({
  description: 'Open ports of servers, as Huawei Cloud Host Security Service (HSS) sees them.',
  fields: (t) => ({
    host: t.field({
      type: Host,
      nullable: true,
      extensions: costs({ mayFail: true }),
      description: `One server by its id. ${unchecked}`,
      args: { id: t.arg.id({ required: true, description: 'Server id. 1 to 128 characters.' }) },
      resolve: (_query, { id }) => toHost(id, 'id'),
    }),
    hosts: t.field({
      type: [Host],
      nullable: { list: false, items: true },
      directives: { listSize: { assumedSize: 50, requireOneSlicingArgument: false } },
      extensions: costs<{ ids: readonly string[] }>({
        mayFail: true,
        references: ({ ids = [] }) => ids.length,
        cost: ({ ids = [] }) => ({ items: ids.length, distinct: new Set(ids).size, below: { id: sizeOfIds(ids) } }),
      }),
      description: `Several servers by their ids, in the order of the ids. Duplicates are allowed; an id of invalid length gives null and an error. ${unchecked} Each server's ports take at least one call, and ${callsBound}`,
      args: { ids: t.arg.idList({ required: true, description: 'Server ids, each of 1 to 128 characters.' }) },
      resolve: (_query, { ids }) => ids.map((id, index) => valueOrError(() => toHost(id, `ids.${index}`))),
    }),
  }),
});
