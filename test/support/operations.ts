/** One host's ports, of `h` unless `$id` says otherwise: one call. */
export const portsOfHost = 'query ($id: ID! = "h") { host(id: $id) { id ports { totalCount } } }';

/** The ports of the hosts `$ids`: one call each. */
export const portsOfHosts = 'query ($ids: [ID!]!) { hosts(ids: $ids) { id ports { totalCount } } }';

/** Ids that the simulator knows no host by: their lists are empty. */
export const hostIds = (count: number, prefix = 'h'): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`);
