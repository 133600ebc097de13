/* eslint-disable */
import * as types from './graphql.js';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "query OpenPorts($hostId: ID!, $limit: Int) {\n  host(id: $hostId) {\n    ports(page: {limit: $limit}) {\n      totalCount\n      nodes {\n        id\n        port\n        protocol\n        status\n        executablePath\n      }\n    }\n  }\n}\n\nmutation SetPortIgnore($ignore: Boolean!, $portIds: [ID!]!) {\n  setPortIgnore(input: {ignore: $ignore, portIds: $portIds}) {\n    results {\n      portId\n      outcome\n      error {\n        code\n        message\n      }\n    }\n  }\n}": typeof types.OpenPortsDocument,
};
const documents: Documents = {
    "query OpenPorts($hostId: ID!, $limit: Int) {\n  host(id: $hostId) {\n    ports(page: {limit: $limit}) {\n      totalCount\n      nodes {\n        id\n        port\n        protocol\n        status\n        executablePath\n      }\n    }\n  }\n}\n\nmutation SetPortIgnore($ignore: Boolean!, $portIds: [ID!]!) {\n  setPortIgnore(input: {ignore: $ignore, portIds: $portIds}) {\n    results {\n      portId\n      outcome\n      error {\n        code\n        message\n      }\n    }\n  }\n}": types.OpenPortsDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query OpenPorts($hostId: ID!, $limit: Int) {\n  host(id: $hostId) {\n    ports(page: {limit: $limit}) {\n      totalCount\n      nodes {\n        id\n        port\n        protocol\n        status\n        executablePath\n      }\n    }\n  }\n}\n\nmutation SetPortIgnore($ignore: Boolean!, $portIds: [ID!]!) {\n  setPortIgnore(input: {ignore: $ignore, portIds: $portIds}) {\n    results {\n      portId\n      outcome\n      error {\n        code\n        message\n      }\n    }\n  }\n}"): typeof import('./graphql.js').OpenPortsDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
