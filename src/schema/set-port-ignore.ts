import type { Outcome } from '../writes/outcome.ts';
import { countWrites } from '../writes/port-change.ts';
import { builder } from './builder.ts';
import { costs, sizeOfIds, type FieldCost } from './field-cost.ts';
import type { Settings } from './gateway-context.ts';
import { SetPortIgnoreInput, countTargets, readTargets } from './set-port-ignore-input.ts';
import { SetPortIgnorePayload } from './set-port-ignore-payload.ts';

builder.mutationType({
  description: 'Changes in HSS.',
  fields: (t) => ({
    setPortIgnore: t.field({
      type: SetPortIgnorePayload,
      nullable: true,
      description:
        'Ignores open ports, or stops ignoring them. Ports go to HSS in calls of up to 200, and each port gets its own outcome. A port that HSS cannot ignore is REJECTED without affecting the others. Null, with an error, if an argument is invalid, or the token is missing or refused. Repeating a change is safe, but HSS may reject the second one.',
      extensions: costs<{ input: typeof SetPortIgnoreInput.$inferInput }>({
        calls: true,
        mayFail: true,
        references: ({ input }) => (input ? countTargets(input) : 0),
        cost: ({ input }, { settings }) => (input ? costOfChange(input, settings) : {}),
      }),
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
        const outcomes = await changePortStatus()(input.ignore, targets);
        return {
          ignore: input.ignore,
          results: targets.map((target, index) => ({ target, outcome: outcomes[index] as Outcome })),
        };
      },
    }),
  }),
});

function costOfChange(input: typeof SetPortIgnoreInput.$inferInput, settings: Settings): FieldCost {
  const targets = readTargetsOrNone(input, settings);
  const distinct = new Set(targets.flatMap(({ hostId }) => hostId ?? [])).size;
  const results = { items: targets.length, distinct, below: { portId: sizeOfIds(input.portIds ?? []) } };
  return { writes: countWrites(targets), below: { results, hosts: { items: distinct, distinct } } };
}

/** An input that the field refuses costs nothing. */
function readTargetsOrNone(...args: Parameters<typeof readTargets>): ReturnType<typeof readTargets> {
  try {
    return readTargets(...args);
  } catch {
    return [];
  }
}
