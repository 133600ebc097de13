import SchemaBuilder from '@pothos/core';
import DirectivesPlugin from '@pothos/plugin-directives';
import type { GatewayContext } from './gateway-context.ts';

export const builder = new SchemaBuilder<{
  Context: GatewayContext;
  DefaultFieldNullability: false;
  /** Directives of Apollo Federation and its demand control: https://specs.apollo.dev/federation/v2.9 */
  Directives: {
    key: { locations: 'OBJECT'; args: { fields: string } };
    shareable: { locations: 'OBJECT'; args: Record<string, never> };
    cost: { locations: 'FIELD_DEFINITION'; args: { weight: number } };
    listSize: {
      locations: 'FIELD_DEFINITION';
      args: {
        assumedSize?: number;
        slicingArguments?: string[];
        sizedFields?: string[];
        requireOneSlicingArgument?: boolean;
      };
    };
  };
  Scalars: { ID: { Input: string; Output: string }; _Any: { Input: unknown; Output: never } };
}>({
  plugins: [DirectivesPlugin],
  // The form that @graphql-tools/utils prints.
  directives: { useGraphQLToolsUnorderedDirectives: true },
  defaultFieldNullability: false,
});
