import type { ListOrder } from '../reads/list-view.ts';
import { checkCount } from './arguments.ts';
import { builder } from './builder.ts';

const OpenPortOrderField = builder.enumType('OpenPortOrderField', {
  description: 'What to sort open ports by. Rows without a value come last, in both directions.',
  values: {
    PORT: { value: 'port', description: 'Port number.' },
    PROTOCOL: { value: 'protocol', description: 'Transport protocol, alphabetically: TCP, TCP6, UDP, UDP6.' },
    STATUS: { value: 'status', description: 'Danger level: NORMAL, UNKNOWN, DANGER.' },
    LISTEN_ADDRESS: { value: 'listenAddress', description: 'Listen address, as text.' },
    PID: { value: 'pid', description: 'Process id.' },
    EXECUTABLE_PATH: { value: 'executablePath', description: 'Path of the executable, as text.' },
  } as const,
});

const OpenPortOrderDirection = builder.enumType('OpenPortOrderDirection', {
  description: 'Sort direction.',
  values: {
    ASC: { value: 'asc', description: 'Smallest first.' },
    DESC: { value: 'desc', description: 'Largest first.' },
  } as const,
});

export const OpenPortOrderInput = builder.inputType('OpenPortOrderInput', {
  description: 'A sort order. Equal rows stay in the order of HSS.',
  fields: (t) => ({
    field: t.field({ type: OpenPortOrderField, required: true, description: 'What to sort by.' }),
    direction: t.field({
      type: OpenPortOrderDirection,
      defaultValue: 'asc',
      description: 'Smallest or largest first.',
    }),
  }),
});

export type OpenPortOrder = typeof OpenPortOrderInput.$inferInput;

/** There are six fields, and sorting by one of them again has no effect. */
const maxOrders = 100;

export function toOrders(orderBy: readonly OpenPortOrder[] | null | undefined): ListOrder[] {
  if (!orderBy) return [];
  checkCount(orderBy, 'orderBy', 0, maxOrders);
  return orderBy.map(({ field, direction }) => ({ field, direction: direction ?? 'asc' }));
}
