import {
  coerceInputValue,
  isInputType,
  isNonNullType,
  typeFromAST,
  valueFromAST,
  type GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { Variables } from '../execution/selection.ts';
import { clientError } from '../errors/client-error.ts';
import { leavesOf } from '../leaves.ts';

/** Coerces the variables of a request; throws a GraphQLError at the first that does not fit. */
export type CoerceVariables = (given: Readonly<Record<string, unknown>>) => Variables;

interface Variable {
  readonly name: string;
  readonly type: GraphQLInputType;
  readonly isRequired: boolean;
  /** Undefined where there is none. */
  readonly defaultValue: unknown;
}

/**
 * Coercion as in https://spec.graphql.org/October2021/#CoerceVariableValues(), up to the first error: making one for
 * each bad item of a long list takes minutes, and graphql-js quotes the whole value in each. What depends on the
 * operation alone is done once.
 */
export function compileVariables(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
): CoerceVariables {
  const variables = variableDefinitions.map((node): Variable => {
    const type = typeFromAST(schema, node.type);
    // Validation has refused all other types.
    if (!isInputType(type)) throw new TypeError('A variable must be of an input type.');
    const defaultValue = node.defaultValue && valueFromAST(node.defaultValue, type);
    return { name: node.variable.name.value, type, isRequired: isNonNullType(type), defaultValue };
  });
  return (given) => {
    // Clients choose the names, and one may be `__proto__`.
    const coerced = Object.create(null) as Record<string, unknown>;
    for (const { name, type, isRequired, defaultValue } of variables) {
      if (!Object.hasOwn(given, name)) {
        if (defaultValue !== undefined) coerced[name] = defaultValue;
        else if (isRequired) throw refuse(`\`$${name}\` is required.`);
        continue;
      }
      const value = given[name];
      if (value === null && isRequired) throw refuse(`\`$${name}\` must not be null.`);
      coerced[name] = coerceInputValue(value, type, (path, _value, error) => {
        const at = path.length === 0 ? '' : ` at \`${[name, ...path].join('.')}\``;
        throw refuse(`\`$${name}\` has an invalid value${at}. ${error.message}`);
      });
      if (leavesOf(value).some(isRounded)) {
        throw refuse(`\`$${name}\` has a number that JSON cannot represent exactly: send it as a string.`);
      }
    }
    return coerced;
  };
}

/** An ID may be a number. A rounded one could be another id than the client's. */
const isRounded = (value: unknown): boolean => Number.isInteger(value) && !Number.isSafeInteger(value);

const refuse = (message: string): GraphQLError => clientError('BAD_USER_INPUT', message);
