import type { ChangePortStatus } from '../writes/change-port-status.ts';
import type { OpenPortById } from '../reads/open-port-by-id.ts';
import type { OpenPorts } from '../reads/open-ports.ts';

/** What the resolvers of one operation work with. Created for a request, and dies with it. */
export interface GatewayContext {
  /** HSS as the caller sees it. Throws a GraphQLError if the request has no token or names no project. */
  readonly loaders: () => Loaders;
  readonly settings: Settings;
}

/** Everything that was read with one caller's token, and nothing else. */
export interface Loaders {
  readonly openPorts: OpenPorts;
  readonly openPortById: () => OpenPortById;
  readonly changePortStatus: () => ChangePortStatus;
}

/** The part of the configuration that decides how arguments are read. */
export interface Settings {
  /** The ceiling of `page.limit`. */
  readonly maxPageLimit: number;
  /** The longest list that is filtered or ordered here. */
  readonly maxWholeListRows: number;
  /** For operations that name no enterprise project; null leaves it to HSS. */
  readonly enterpriseProjectId: string | null;
}
