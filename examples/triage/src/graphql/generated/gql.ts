/* eslint-disable */
import * as types from './graphql.js';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

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
    "\n  fragment StatusCounts on Host {\n    id\n    all: ports(filter: $all) {\n      totalCount\n    }\n    danger: ports(filter: $danger) {\n      totalCount\n    }\n    unknown: ports(filter: $unknown) {\n      totalCount\n    }\n    normal: ports(filter: $normal) {\n      totalCount\n    }\n  }\n": typeof types.StatusCountsFragmentDoc,
    "\n  query StatusCounts(\n    $ids: [ID!]!\n    $all: OpenPortFilterInput!\n    $danger: OpenPortFilterInput!\n    $unknown: OpenPortFilterInput!\n    $normal: OpenPortFilterInput!\n  ) {\n    hosts(ids: $ids) {\n      ...StatusCounts\n    }\n  }\n": typeof types.StatusCountsDocument,
    "\n  fragment IgnoreMark on IgnoreMark {\n    ignoreKey\n    ignored\n    asked\n    outcome\n    code\n    message\n    retryAt\n  }\n": typeof types.IgnoreMarkFragmentDoc,
    "\n  fragment RowIgnoreMark on OpenPort {\n    ignoreKey\n    ignoreMark {\n      ignoreKey\n      ignored\n      asked\n      outcome\n      code\n      message\n      retryAt\n    }\n  }\n": typeof types.RowIgnoreMarkFragmentDoc,
    "\n  mutation SetPortIgnore($input: SetPortIgnoreInput!) {\n    setPortIgnore(input: $input) {\n      results {\n        portId\n        ignoreKey\n        outcome\n        error {\n          code\n          message\n          retryAfterSeconds\n        }\n      }\n    }\n  }\n": typeof types.SetPortIgnoreDocument,
    "\n  fragment OpenPortRow on OpenPort {\n    id\n    port\n    protocol\n    status\n    listenAddress\n    pid\n    executablePath\n    agentId\n    ignoreKey\n  }\n": typeof types.OpenPortRowFragmentDoc,
    "\n  query OpenPorts(\n    $hostId: ID!\n    $filter: OpenPortFilterInput!\n    $orderBy: [OpenPortOrderInput!]!\n    $first: Int!\n    $after: String\n  ) {\n    host(id: $hostId) {\n      id\n      portsConnection(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {\n        totalCount\n        edges {\n          node {\n            id\n            ...OpenPortRow\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": typeof types.OpenPortsDocument,
};
const documents: Documents = {
    "\n  fragment StatusCounts on Host {\n    id\n    all: ports(filter: $all) {\n      totalCount\n    }\n    danger: ports(filter: $danger) {\n      totalCount\n    }\n    unknown: ports(filter: $unknown) {\n      totalCount\n    }\n    normal: ports(filter: $normal) {\n      totalCount\n    }\n  }\n": types.StatusCountsFragmentDoc,
    "\n  query StatusCounts(\n    $ids: [ID!]!\n    $all: OpenPortFilterInput!\n    $danger: OpenPortFilterInput!\n    $unknown: OpenPortFilterInput!\n    $normal: OpenPortFilterInput!\n  ) {\n    hosts(ids: $ids) {\n      ...StatusCounts\n    }\n  }\n": types.StatusCountsDocument,
    "\n  fragment IgnoreMark on IgnoreMark {\n    ignoreKey\n    ignored\n    asked\n    outcome\n    code\n    message\n    retryAt\n  }\n": types.IgnoreMarkFragmentDoc,
    "\n  fragment RowIgnoreMark on OpenPort {\n    ignoreKey\n    ignoreMark {\n      ignoreKey\n      ignored\n      asked\n      outcome\n      code\n      message\n      retryAt\n    }\n  }\n": types.RowIgnoreMarkFragmentDoc,
    "\n  mutation SetPortIgnore($input: SetPortIgnoreInput!) {\n    setPortIgnore(input: $input) {\n      results {\n        portId\n        ignoreKey\n        outcome\n        error {\n          code\n          message\n          retryAfterSeconds\n        }\n      }\n    }\n  }\n": types.SetPortIgnoreDocument,
    "\n  fragment OpenPortRow on OpenPort {\n    id\n    port\n    protocol\n    status\n    listenAddress\n    pid\n    executablePath\n    agentId\n    ignoreKey\n  }\n": types.OpenPortRowFragmentDoc,
    "\n  query OpenPorts(\n    $hostId: ID!\n    $filter: OpenPortFilterInput!\n    $orderBy: [OpenPortOrderInput!]!\n    $first: Int!\n    $after: String\n  ) {\n    host(id: $hostId) {\n      id\n      portsConnection(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {\n        totalCount\n        edges {\n          node {\n            id\n            ...OpenPortRow\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": types.OpenPortsDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment StatusCounts on Host {\n    id\n    all: ports(filter: $all) {\n      totalCount\n    }\n    danger: ports(filter: $danger) {\n      totalCount\n    }\n    unknown: ports(filter: $unknown) {\n      totalCount\n    }\n    normal: ports(filter: $normal) {\n      totalCount\n    }\n  }\n"): (typeof documents)["\n  fragment StatusCounts on Host {\n    id\n    all: ports(filter: $all) {\n      totalCount\n    }\n    danger: ports(filter: $danger) {\n      totalCount\n    }\n    unknown: ports(filter: $unknown) {\n      totalCount\n    }\n    normal: ports(filter: $normal) {\n      totalCount\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query StatusCounts(\n    $ids: [ID!]!\n    $all: OpenPortFilterInput!\n    $danger: OpenPortFilterInput!\n    $unknown: OpenPortFilterInput!\n    $normal: OpenPortFilterInput!\n  ) {\n    hosts(ids: $ids) {\n      ...StatusCounts\n    }\n  }\n"): (typeof documents)["\n  query StatusCounts(\n    $ids: [ID!]!\n    $all: OpenPortFilterInput!\n    $danger: OpenPortFilterInput!\n    $unknown: OpenPortFilterInput!\n    $normal: OpenPortFilterInput!\n  ) {\n    hosts(ids: $ids) {\n      ...StatusCounts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment IgnoreMark on IgnoreMark {\n    ignoreKey\n    ignored\n    asked\n    outcome\n    code\n    message\n    retryAt\n  }\n"): (typeof documents)["\n  fragment IgnoreMark on IgnoreMark {\n    ignoreKey\n    ignored\n    asked\n    outcome\n    code\n    message\n    retryAt\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RowIgnoreMark on OpenPort {\n    ignoreKey\n    ignoreMark {\n      ignoreKey\n      ignored\n      asked\n      outcome\n      code\n      message\n      retryAt\n    }\n  }\n"): (typeof documents)["\n  fragment RowIgnoreMark on OpenPort {\n    ignoreKey\n    ignoreMark {\n      ignoreKey\n      ignored\n      asked\n      outcome\n      code\n      message\n      retryAt\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetPortIgnore($input: SetPortIgnoreInput!) {\n    setPortIgnore(input: $input) {\n      results {\n        portId\n        ignoreKey\n        outcome\n        error {\n          code\n          message\n          retryAfterSeconds\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation SetPortIgnore($input: SetPortIgnoreInput!) {\n    setPortIgnore(input: $input) {\n      results {\n        portId\n        ignoreKey\n        outcome\n        error {\n          code\n          message\n          retryAfterSeconds\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment OpenPortRow on OpenPort {\n    id\n    port\n    protocol\n    status\n    listenAddress\n    pid\n    executablePath\n    agentId\n    ignoreKey\n  }\n"): (typeof documents)["\n  fragment OpenPortRow on OpenPort {\n    id\n    port\n    protocol\n    status\n    listenAddress\n    pid\n    executablePath\n    agentId\n    ignoreKey\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OpenPorts(\n    $hostId: ID!\n    $filter: OpenPortFilterInput!\n    $orderBy: [OpenPortOrderInput!]!\n    $first: Int!\n    $after: String\n  ) {\n    host(id: $hostId) {\n      id\n      portsConnection(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {\n        totalCount\n        edges {\n          node {\n            id\n            ...OpenPortRow\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query OpenPorts(\n    $hostId: ID!\n    $filter: OpenPortFilterInput!\n    $orderBy: [OpenPortOrderInput!]!\n    $first: Int!\n    $after: String\n  ) {\n    host(id: $hostId) {\n      id\n      portsConnection(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {\n        totalCount\n        edges {\n          node {\n            id\n            ...OpenPortRow\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;