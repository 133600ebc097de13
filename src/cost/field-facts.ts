import {
  getNamedType,
  getNullableType,
  isLeafType,
  isListType,
  type GraphQLField,
  type GraphQLNamedType,
} from 'graphql';
import { declaredCost, type CostDeclaration } from '../schema/field-cost.ts';
import { sizeOfLeaf } from './response-size.ts';

/** What the cost of a field depends on, whatever document selects it. */
export interface FieldFacts {
  readonly declared: CostDeclaration;
  readonly type: GraphQLNamedType;
  readonly isList: boolean;
  /** Characters of one value; 0 for an object. */
  readonly leafSize: number;
}

const known = new WeakMap<GraphQLField<unknown, unknown>, FieldFacts>();

export function factsOf(field: GraphQLField<unknown, unknown>): FieldFacts {
  const facts = known.get(field) ?? find(field);
  known.set(field, facts);
  return facts;
}

function find(field: GraphQLField<unknown, unknown>): FieldFacts {
  const type = getNamedType(field.type);
  return {
    declared: declaredCost(field),
    type,
    isList: isListType(getNullableType(field.type)),
    leafSize: isLeafType(type) ? sizeOfLeaf(type) : 0,
  };
}
