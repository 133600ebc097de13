import { maxRows } from '../hss/list-ports.ts';
import { builder } from './builder.ts';
import { costs } from './field-cost.ts';
import { Host } from './host.ts';
import { OpenPortFilterInput, toPortList } from './open-port-filter.ts';
import { OpenPortPage, OpenPortPageInput, rowsAskedFor, toWant, type PageArguments } from './open-port-page.ts';

// Apart from the host itself: a port has a host, a host has ports, and modules that import one another have no order.
builder.objectField(Host, 'ports', (t) =>
  t.field({
    type: OpenPortPage,
    nullable: true,
    description:
      'A page of the open ports that HSS found on this server. Null, with an error beside it, where HSS gave no answer, an argument is refused, or the request has no token. Pages, aliases and hosts of one operation share calls to HSS.',
    // A router's demand control takes no argument of an input type for a size: a usual page stands for all.
    directives: {
      cost: { weight: 10 },
      listSize: { assumedSize: 50, sizedFields: ['nodes'], requireOneSlicingArgument: false },
    },
    extensions: costs<PageArguments>({
      calls: true,
      mayFail: true,
      cost: (args, { settings, selects }) => {
        const rows = rowsAskedFor(args, settings.maxPageLimit);
        return {
          reads: selects('nodes') ? Math.ceil(rows / maxRows) : Math.min(rows, 1),
          below: { nodes: { items: rows } },
        };
      },
    }),
    args: {
      filter: t.arg({
        type: OpenPortFilterInput,
        description: 'Which ports are listed. Left out: all ports of the server itself.',
      }),
      page: t.arg({ type: OpenPortPageInput, description: 'Which part of the list. Left out: its first 10 rows.' }),
    },
    resolve: (host, { filter, page }, { loaders, settings }, info) => {
      const { openPorts } = loaders();
      return openPorts.page(toPortList(host, filter, settings), toWant(page, settings, info));
    },
  }),
);
