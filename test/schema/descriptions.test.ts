import { getIntrospectionQuery, type IntrospectionQuery } from 'graphql';
import { describe, expect, it } from 'vitest';
import { startGateway } from '../support/gateway.ts';

describe('the schema that GraphiQL shows', () => {
  it('describes every type, field, argument and value', async () => {
    const { query } = await startGateway();
    const { __schema: schema } = (await query(getIntrospectionQuery())).data as IntrospectionQuery;
    const types = schema.types.filter(({ name }) => !name.startsWith('__'));
    const members = types.flatMap((type) => [
      { path: type.name, description: type.description },
      ...(('fields' in type && type.fields) || []).flatMap(({ name, description, args }) => [
        { path: `${type.name}.${name}`, description },
        ...args.map((arg) => ({ path: `${type.name}.${name}(${arg.name})`, description: arg.description })),
      ]),
      ...(('inputFields' in type && type.inputFields) || []).map(({ name, description }) => ({
        path: `${type.name}.${name}`,
        description,
      })),
      ...(('enumValues' in type && type.enumValues) || []).map(({ name, description }) => ({
        path: `${type.name}.${name}`,
        description,
      })),
    ]);
    expect(members.length).toBeGreaterThan(80);
    expect(members.filter(({ description }) => !description)).toEqual([]);
  });
});
