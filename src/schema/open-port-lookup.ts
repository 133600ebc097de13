import type { GraphQLResolveInfo } from 'graphql';
import type { PortRow } from '../hss/port-row.ts';
import { builder } from './builder.ts';
import { callsBound, costs, sizeOfIds } from './field-cost.ts';
import type { Loaders } from './gateway-context.ts';
import { OpenPort, costOfPorts, toOpenPortIdParts } from './open-port.ts';
import { rowFields } from './selected-fields.ts';
import { valueOrError } from './value-or-error.ts';

function load(
  { openPortById }: Loaders,
  id: string,
  argument: string,
  info: GraphQLResolveInfo,
): Promise<PortRow | null> {
  return openPortById().load(toOpenPortIdParts(id, argument), rowFields(info));
}

builder.queryFields((t) => ({
  openPort: t.field({
    type: OpenPort,
    nullable: true,
    description: 'One open port by its id, read again from HSS, for example for a deep link. Null if the row is gone.',
    directives: { cost: { weight: 10 } },
    extensions: costs<{ id: string }>({
      calls: true,
      mayFail: true,
      references: () => 1,
      cost: ({ id }) => (id === undefined ? {} : { reads: costOfPorts.reads([id]), below: { id: sizeOfIds([id]) } }),
    }),
    args: { id: t.arg.id({ required: true, description: '`OpenPort.id`.' }) },
    resolve: (_query, { id }, { loaders }, info) => load(loaders(), id, 'id', info),
  }),
  openPorts: t.field({
    type: [OpenPort],
    nullable: { list: false, items: true },
    description: `Several open ports by their ids, in the order of the ids, read again from HSS. Duplicates are allowed. A row that is gone is null; an invalid id, or one whose call to HSS failed, is null with an error. Ids of one server share calls to HSS, but each port number may need its own, and ${callsBound}`,
    directives: { cost: { weight: 10 }, listSize: { assumedSize: 50, requireOneSlicingArgument: false } },
    extensions: costs<{ ids: readonly string[] }>({
      calls: true,
      mayFail: true,
      references: ({ ids = [] }) => ids.length,
      cost: ({ ids = [] }) => ({
        items: ids.length,
        reads: costOfPorts.reads(ids),
        distinct: costOfPorts.hosts(ids),
        below: { id: sizeOfIds(ids) },
      }),
    }),
    args: { ids: t.arg.idList({ required: true, description: '`OpenPort.id` of the ports.' }) },
    resolve: (_query, { ids }, { loaders }, info) =>
      ids.map((id, index) => valueOrError(() => load(loaders(), id, `ids.${index}`, info))),
  }),
}));
