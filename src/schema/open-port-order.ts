import type { ListOrder } from '../reads/list-view.ts';
import { readCount } from './arguments.ts';
import { builder } from './builder.ts';

const OpenPortOrderField = builder.enumType('OpenPortOrderField', {
  description: 'What open ports are ordered by. Rows without it come last, in both directions.',
  values: {
    PORT: { value: 'port', description: 'Port number.' },
    PROTOCOL: { value: 'protocol', description: 'Transport protocol, by its name: TCP, TCP6, UDP, UDP6.' },
    STATUS: { value: 'status', description: 'Danger: NORMAL, UNKNOWN, DANGER.' },
    LISTEN_ADDRESS: { value: 'listenAddress', description: 'Address, as a text.' },
    PID: { value: 'pid', description: 'Id of the process.' },
    EXECUTABLE_PATH: { value: 'executablePath', description: 'Path of the executable, as a text.' },
  } as const,
});

const OpenPortOrderDirection = builder.enumType('OpenPortOrderDirection', {
  description: 'Direction of an order.',
  values: {
    ASC: { value: 'asc', description: 'Smallest first.' },
    DESC: { value: 'desc', description: 'Largest first.' },
  } as const,
});

export const OpenPortOrderInput = builder.inputType('OpenPortOrderInput', {
  description: 'An order of open ports. Equal rows stay in the order of HSS.',
  fields: (t) => ({
    field: t.field({ type: OpenPortOrderField, required: true, description: 'What is compared.' }),
    direction: t.field({
      type: OpenPortOrderDirection,
      defaultValue: 'asc',
      description: 'Smallest or largest first.',
    }),
  }),
});

export type OpenPortOrder = typeof OpenPortOrderInput.$inferInput;

/** There are six fields, and what orders by one of them again orders nothing. */
const maxOrders = 100;

export function toOrders(orderBy: readonly OpenPortOrder[] | null | undefined): ListOrder[] {
  if (!orderBy) return [];
  readCount(orderBy, 'orderBy', 0, maxOrders);
  return orderBy.map(({ field, direction }) => ({ field, direction: direction ?? 'asc' }));
}
