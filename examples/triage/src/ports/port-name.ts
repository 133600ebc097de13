import type { OpenPortRowFragment } from '../graphql/generated/graphql.ts';

/** What tells a row from others by ear: a port may be open on several addresses. */
export function portName({ port, protocol, listenAddress }: OpenPortRowFragment): string {
  return `${String(port)} ${protocol ?? ''} on ${listenAddress ?? 'any address'}`;
}
