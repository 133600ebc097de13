/** Writes the supergraph: the schemas of both subgraphs, and their URLs. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';

const { HSS_PORT = '4001', INVENTORY_PORT = '4002' } = process.env;
const read = (path) => parse(readFileSync(new URL(path, import.meta.url), 'utf8'));

const { errors, supergraphSdl } = composeServices([
  { name: 'hss', url: `http://127.0.0.1:${HSS_PORT}/graphql`, typeDefs: read('../../schema.graphql') },
  { name: 'inventory', url: `http://127.0.0.1:${INVENTORY_PORT}/graphql`, typeDefs: read('inventory.graphql') },
]);
if (errors) throw new Error(`The subgraphs do not compose:\n${errors.map(({ message }) => message).join('\n')}`);

mkdirSync(new URL('generated/', import.meta.url), { recursive: true });
writeFileSync(new URL('generated/supergraph.graphql', import.meta.url), supergraphSdl);
