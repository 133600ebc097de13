import type { Outcome } from '../writes/outcome.ts';
import { builder } from './builder.ts';
import { SetPortIgnoreInput, readTargets } from './set-port-ignore-input.ts';
import { SetPortIgnorePayload } from './set-port-ignore-payload.ts';

builder.mutationType({
  description: 'Writes to HSS.',
  fields: (t) => ({
    setPortIgnore: t.field({
      type: SetPortIgnorePayload,
      description:
        'Ignores open ports, or stops ignoring them. Ports go to HSS in calls of up to 200, and each gets an outcome of its own. Asking for the same twice is safe, though HSS may reject the second.',
      args: {
        input: t.arg({
          type: SetPortIgnoreInput,
          required: true,
          description: 'Which ports, and what to do with them.',
        }),
      },
      resolve: async (_mutation, { input }, { loaders, settings }) => {
        const { changePortStatus } = loaders();
        const targets = readTargets(input, settings);
        const outcomes = await changePortStatus(input.ignore, targets);
        return {
          ignore: input.ignore,
          results: targets.map((target, index) => ({ target, outcome: outcomes[index] as Outcome })),
        };
      },
    }),
  }),
});
