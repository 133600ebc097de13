import { readFileSync } from 'node:fs';
import {
  buildClientSchema,
  buildSchema,
  getIntrospectionQuery,
  isInputObjectType,
  isObjectType,
  type IntrospectionQuery,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { printSchemas } from '../../src/schema/index.ts';
import { startGateway } from '../support/gateway.ts';

const clientSdl = readFileSync('api.graphql', 'utf8');

describe('the printed schemas', () => {
  it.each([...printSchemas()])('%s is what the code makes', (name, sdl) => {
    expect(readFileSync(name, 'utf8')).toBe(sdl);
  });
});

describe('api.graphql', () => {
  it('is read by graphql alone, and has nothing of federation', () => {
    const schema = buildSchema(clientSdl);
    expect(Object.keys(schema.getTypeMap()).filter((name) => /^_(?!_)/.test(name))).toEqual([]);
    expect(clientSdl).not.toMatch(/@(?:key|link|shareable|cost|listSize)\b/);
    expect(Object.keys(schema.getQueryType()!.getFields())).toEqual(['host', 'hosts', 'openPort', 'openPorts']);
  });

  it('has the types, fields and arguments that introspection shows, in the same order', async () => {
    const { query } = await startGateway();
    const shown = buildClientSchema((await query(getIntrospectionQuery())).data as IntrospectionQuery);
    const printed = buildSchema(clientSdl);
    for (const type of Object.values(printed.getTypeMap()).filter(
      (one) => isObjectType(one) || isInputObjectType(one),
    )) {
      const fields = Object.keys(type.getFields());
      const inIntrospection = Object.keys((shown.getType(type.name) as typeof type).getFields());
      // Those for routers come last.
      expect(inIntrospection).toEqual([...fields, ...inIntrospection.filter((name) => name.startsWith('_'))]);
      // What stands for an object comes first.
      if (fields.includes('id')) expect(fields[0]).toBe('id');
    }
  });
});
