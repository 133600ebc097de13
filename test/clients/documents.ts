import { readFileSync } from 'node:fs';
import { parse, separateOperations, type DocumentNode } from 'graphql';

const operations = separateOperations(parse(readFileSync('test/clients/open-ports.graphql', 'utf8')));

/** One operation of open-ports.graphql with the fragments that it uses. */
export function documentOf(name: string): DocumentNode {
  const document = operations[name];
  if (!document) throw new Error(`open-ports.graphql has no ${name}.`);
  return document;
}

/** What OpenPortTable gives. */
export interface TableData {
  readonly host: {
    readonly id: string;
    readonly portsConnection: {
      readonly totalCount: number;
      readonly edges: readonly { readonly cursor: string; readonly node: Row }[];
      readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
    } | null;
  } | null;
}

/** What OpenPortRow gives. */
export interface Row {
  readonly id: string;
  readonly ignoreKey: string | null;
  readonly port: number | null;
  readonly status: string | null;
}

/** The port numbers of a table, in its order. */
export function portsOf(data: unknown): (number | null)[] {
  return (data as TableData).host?.portsConnection?.edges.map(({ node }) => node.port) ?? [];
}

/** `count` port numbers of a generated host, from the `from`th on. */
export function generatedPorts(count: number, from = 0): number[] {
  return Array.from({ length: count }, (_, index) => 1024 + from + index);
}
