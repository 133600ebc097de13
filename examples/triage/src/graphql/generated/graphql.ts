/* eslint-disable */
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type MakeOptional<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]?: Maybe<T[SubKey]> };
export type MakeMaybe<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]: Maybe<T[SubKey]> };
export type MakeEmpty<T extends { [key: string]: unknown }, K extends keyof T> = { [_ in K]?: never };
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
};

/** Where the ports are: on the server itself, or in its containers. */
export type AssetCategory =
  /** Ports of containers on the server. HSS: `container`. */
  | 'CONTAINER'
  /** Ports of the server itself. HSS: `host`. */
  | 'HOST';

/** A server that HSS protects. Other subgraphs may add its name, addresses and other fields. */
export type Host = {
  __typename?: 'Host';
  /** Server id, as in HSS and ECS. 1 to 128 characters. HSS: `host_id`. */
  id: Scalars['ID']['output'];
  /** A page of the open ports that HSS found on this server. An empty list may also mean that HSS does not know the server, has no agent on it, or has it in another enterprise project: HSS does not tell these cases apart. Null, with an error, if HSS did not answer or refused the call, an argument is invalid, or the request has no token. Pages and aliases in one operation share calls to HSS. Sorting, and filters that HSS does not have, need the whole list: one call per 200 rows, and COST_LIMIT_EXCEEDED if it has more than 2,000 (configurable). */
  ports?: Maybe<OpenPortPage>;
  /** The same list as `ports`, as a Relay connection (forward pagination only). Null, with an error, if HSS did not answer or refused the call, an argument is invalid, or the request has no token. */
  portsConnection?: Maybe<OpenPortConnection>;
};


/** A server that HSS protects. Other subgraphs may add its name, addresses and other fields. */
export type HostPortsArgs = {
  filter?: InputMaybe<OpenPortFilterInput>;
  orderBy?: InputMaybe<Array<OpenPortOrderInput>>;
  page?: InputMaybe<OpenPortPageInput>;
};


/** A server that HSS protects. Other subgraphs may add its name, addresses and other fields. */
export type HostPortsConnectionArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<OpenPortFilterInput>;
  first?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<Array<OpenPortOrderInput>>;
};

/** HSS does not report whether a port is ignored, so the cache remembers what was requested, and HSS's answer. */
export type IgnoreMark = {
  __typename?: 'IgnoreMark';
  /** The last request: true to ignore the port, false to stop ignoring it. */
  asked: Scalars['Boolean']['output'];
  /** Why the request was not accepted. */
  code?: Maybe<Scalars['String']['output']>;
  ignoreKey: Scalars['ID']['output'];
  /** Whether the port is ignored; null if not known. */
  ignored?: Maybe<Scalars['Boolean']['output']>;
  message?: Maybe<Scalars['String']['output']>;
  outcome: SetPortIgnoreOutcome;
  /** When trying again may help, in milliseconds since 1970. */
  retryAt?: Maybe<Scalars['Float']['output']>;
};

/** Changes in HSS. */
export type Mutation = {
  __typename?: 'Mutation';
  /** Ignores open ports, or stops ignoring them. Ports go to HSS in calls of up to 200, and each port gets its own outcome. A port that HSS cannot ignore is REJECTED without affecting the others. Null, with an error, if an argument is invalid, or the token is missing or refused. Repeating a change is safe, but HSS may reject the second one. */
  setPortIgnore?: Maybe<SetPortIgnorePayload>;
};


/** Changes in HSS. */
export type MutationSetPortIgnoreArgs = {
  input: SetPortIgnoreInput;
};

/** A port that a process listens on, on a server or in a container on it. The same port number has one row per address, protocol and process. */
export type OpenPort = {
  __typename?: 'OpenPort';
  /** HSS agent on the server. HSS: `agent_id`. */
  agentId?: Maybe<Scalars['ID']['output']>;
  /** Container that the process runs in; null on the server itself. HSS: `container_id`. */
  containerId?: Maybe<Scalars['ID']['output']>;
  /** Path of the executable; on Windows with backslashes. HSS: `path`. */
  executablePath?: Maybe<Scalars['String']['output']>;
  /** The server whose ports were requested. HSS: `host_id`. */
  host: Host;
  /** Opaque id of the row. It stays the same between reads, even if the status changes. A restarted process, or another executable, is a new row with a new id. */
  id: Scalars['ID']['output'];
  /** Opaque key, the same for all rows that one ignore affects: HSS ignores by agent, port number, protocol and container, whatever the address or process. Null if HSS cannot ignore the row, because it has no agent or port number, or its protocol is not TCP or UDP. */
  ignoreKey?: Maybe<Scalars['ID']['output']>;
  /** Result of the last request to ignore this port; null if there was none. The same for all rows with the same ignoreKey. */
  ignoreMark?: Maybe<IgnoreMark>;
  /** Address that the process listens on, for example `0.0.0.0` or `::`. HSS: `laddr`. */
  listenAddress?: Maybe<Scalars['String']['output']>;
  /** Process id. HSS: `pid`. */
  pid?: Maybe<Scalars['Int']['output']>;
  /** Port number, 0 to 65535. HSS: `port`. */
  port?: Maybe<Scalars['Int']['output']>;
  /** Transport protocol; null if HSS reports one that it does not document. HSS: `type`. */
  protocol?: Maybe<TransportProtocol>;
  /** Danger level. It does not tell whether the port is ignored, which HSS does not report. HSS: `status`. */
  status?: Maybe<PortStatus>;
};

/** Part of a list of open ports, as a Relay connection. It shares its calls to HSS with pages of the same rows. */
export type OpenPortConnection = {
  __typename?: 'OpenPortConnection';
  /** The rows with their cursors. */
  edges: Array<OpenPortEdge>;
  /** The rows without cursors. */
  nodes: Array<OpenPort>;
  /** Position of the connection in its list. */
  pageInfo: PageInfo;
  /** How many rows match. HSS stops counting at 10,000, so from there on this is a lower bound. It is exact if filters need the whole list, or if you select the rows of a sorted list. HSS: `total_num`. */
  totalCount: Scalars['Int']['output'];
};

/** A row of a connection, with its cursor. */
export type OpenPortEdge = {
  __typename?: 'OpenPortEdge';
  /** Cursor of the row, opaque, for use in `after`. It stands for a row number, so ports that appear or disappear between two pages shift the rows after them. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: OpenPort;
};

/** Filters. A row must match all of them; for a list, any one of its items. */
export type OpenPortFilterInput = {
  /** Whether to list ports of the server itself, or of containers on it. HSS: `category`. */
  category?: InputMaybe<AssetCategory>;
  /** Enterprise project of the server, up to 256 characters; `0` is the default project, `all_granted_eps` means all that the token may see. Default: the one configured for this gateway, or else `0`. If a list is unexpectedly empty, the server is often in another enterprise project. HSS: `enterprise_project_id`. */
  enterpriseProjectId?: InputMaybe<Scalars['ID']['input']>;
  /** Part of the path of the executable, 1 to 256 characters, case-insensitive. Needs the whole list: see `Host.ports`. */
  executablePathContains?: InputMaybe<Scalars['String']['input']>;
  /** IP address of the server, up to 128 characters. HSS does not document whether a partial match is enough. HSS: `host_ip`. */
  hostIp?: InputMaybe<Scalars['String']['input']>;
  /** Name of the server, up to 128 characters. HSS does not document whether a partial match is enough. HSS: `host_name`. */
  hostName?: InputMaybe<Scalars['String']['input']>;
  /** Addresses, 1 to 100, each up to 128 characters, matched exactly: `0.0.0.0` matches no other address. Needs the whole list: see `Host.ports`. */
  listenAddresses?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Port number, 1 to 65535. HSS: `port`. */
  port?: InputMaybe<Scalars['Int']['input']>;
  /** Port numbers, 1 to 100, each 1 to 65535. More than one needs the whole list: see `Host.ports`. */
  portNumbers?: InputMaybe<Array<Scalars['Int']['input']>>;
  /** Transport protocol. HSS: `type`. */
  protocol?: InputMaybe<TransportProtocol>;
  /** Transport protocols, 1 to 4. More than one needs the whole list: see `Host.ports`. */
  protocols?: InputMaybe<Array<TransportProtocol>>;
  /** Danger level. UNKNOWN matches only what HSS itself calls unknown, not statuses that this gateway does not know. HSS: `status`. */
  status?: InputMaybe<PortStatus>;
  /** Danger levels, 1 to 3. More than one needs the whole list: see `Host.ports`. */
  statuses?: InputMaybe<Array<PortStatus>>;
};

/** A port, identified as HSS does for ignoring: stands for all rows with this agent, port, protocol and container. */
export type OpenPortKeyInput = {
  /** HSS agent on the server, 1 to 64 characters. HSS: `agent_id`. */
  agentId: Scalars['ID']['input'];
  /** Container, up to 64 characters. HSS: `container_id`. */
  containerId?: InputMaybe<Scalars['ID']['input']>;
  /** Server, up to 64 characters. Without it, `host` of the result is null. HSS: `host_id`. */
  hostId?: InputMaybe<Scalars['ID']['input']>;
  /** Port number, 0 to 2,147,483,647. HSS: `port`. */
  port: Scalars['Int']['input'];
  /** TCP or UDP. HSS documents no others here, so TCP6 and UDP6 are REJECTED. HSS: `port_type`. */
  protocol: TransportProtocol;
};

/** Sort direction. */
export type OpenPortOrderDirection =
  /** Smallest first. */
  | 'ASC'
  /** Largest first. */
  | 'DESC';

/** What to sort open ports by. Rows without a value come last, in both directions. */
export type OpenPortOrderField =
  /** Path of the executable, as text. */
  | 'EXECUTABLE_PATH'
  /** Listen address, as text. */
  | 'LISTEN_ADDRESS'
  /** Process id. */
  | 'PID'
  /** Port number. */
  | 'PORT'
  /** Transport protocol, alphabetically: TCP, TCP6, UDP, UDP6. */
  | 'PROTOCOL'
  /** Danger level: NORMAL, UNKNOWN, DANGER. */
  | 'STATUS';

/** A sort order. Equal rows stay in the order of HSS. */
export type OpenPortOrderInput = {
  /** Smallest or largest first. */
  direction?: InputMaybe<OpenPortOrderDirection>;
  /** What to sort by. */
  field: OpenPortOrderField;
};

/** A page of a list of open ports. HSS documents no order and takes no snapshot: if ports appear or disappear while a page is read, it may have fewer rows than requested, but no duplicates. */
export type OpenPortPage = {
  __typename?: 'OpenPortPage';
  /** Whether more rows follow, from `offset + limit` on. Beyond row 10,000, where HSS stops counting, true means that more may follow. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether there are rows before `offset`. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** The requested limit. */
  limit: Scalars['Int']['output'];
  /** The rows. If you do not select them, the page takes only one small call to HSS, unless its filters need the whole list. */
  nodes: Array<OpenPort>;
  /** The requested offset. */
  offset: Scalars['Int']['output'];
  /** How many rows match. HSS stops counting at 10,000, so from there on this is a lower bound. It is exact if filters need the whole list, or if you select the rows of a sorted list. HSS: `total_num`. */
  totalCount: Scalars['Int']['output'];
};

/** Part of a list, by row numbers. */
export type OpenPortPageInput = {
  /** How many rows, 1 to 1,000 (configurable). Not limited to the page sizes of HSS. */
  limit?: InputMaybe<Scalars['Int']['input']>;
  /** How many rows to skip, 0 to 2,000,000. */
  offset?: InputMaybe<Scalars['Int']['input']>;
};

/** Position of a connection in its list. */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** Cursor of the last row, opaque, for use in `after`. It stands for a row number, so ports that appear or disappear between two pages shift the rows after them. Null if there are no rows, and none follow. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether more rows follow. Beyond row 10,000, where HSS stops counting, true means that more may follow. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether there are rows before these. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the first row; null if there are no rows. */
  startCursor?: Maybe<Scalars['String']['output']>;
};

/** How dangerous HSS considers an open port. This does not tell whether the port is ignored. */
export type PortStatus =
  /** A port known to be dangerous. HSS: `danger`. */
  | 'DANGER'
  /** An ordinary port. HSS: `normal`. */
  | 'NORMAL'
  /** HSS does not say how dangerous the port is, or reports a status that this gateway does not know. HSS: `unknow` or `unknown`. */
  | 'UNKNOWN';

/** Open ports of servers, as Huawei Cloud Host Security Service (HSS) sees them. */
export type Query = {
  __typename?: 'Query';
  /** One server by its id. Does not call HSS, and so does not check the id, unless you select its ports. */
  host?: Maybe<Host>;
  /** Several servers by their ids, in the order of the ids. Duplicates are allowed; an id of invalid length gives null and an error. Does not call HSS, and so does not check the id, unless you select its ports. Each server's ports take at least one call, and an operation that may need more than 100 calls (configurable) is refused with COST_LIMIT_EXCEEDED. */
  hosts: Array<Maybe<Host>>;
  /** One open port by its id, read again from HSS, for example for a deep link. Null if the row is gone. */
  openPort?: Maybe<OpenPort>;
  /** Several open ports by their ids, in the order of the ids, read again from HSS. Duplicates are allowed. A row that is gone is null; an invalid id, or one whose call to HSS failed, is null with an error. Ids of one server share calls to HSS, but each port number may need its own, and an operation that may need more than 100 calls (configurable) is refused with COST_LIMIT_EXCEEDED. */
  openPorts: Array<Maybe<OpenPort>>;
};


/** Open ports of servers, as Huawei Cloud Host Security Service (HSS) sees them. */
export type QueryHostArgs = {
  id: Scalars['ID']['input'];
};


/** Open ports of servers, as Huawei Cloud Host Security Service (HSS) sees them. */
export type QueryHostsArgs = {
  ids: Array<Scalars['ID']['input']>;
};


/** Open ports of servers, as Huawei Cloud Host Security Service (HSS) sees them. */
export type QueryOpenPortArgs = {
  id: Scalars['ID']['input'];
};


/** Open ports of servers, as Huawei Cloud Host Security Service (HSS) sees them. */
export type QueryOpenPortsArgs = {
  ids: Array<Scalars['ID']['input']>;
};

/** Why the change was not accepted. HSS refuses a call of up to 200 ports as a whole, so the reason may be another port of the same call. */
export type SetPortIgnoreError = {
  __typename?: 'SetPortIgnoreError';
  /** A code as in `extensions.code`, for example FORBIDDEN or UPSTREAM_TIMEOUT. */
  code: Scalars['String']['output'];
  /** Explanation of the code for people, in English. */
  message: Scalars['String']['output'];
  /** How many seconds to wait before trying again, if known. */
  retryAfterSeconds?: Maybe<Scalars['Int']['output']>;
};

/** Which ports to ignore, or to stop ignoring: 1 to 2,000 in all, by `portIds`, by `ports`, or both. */
export type SetPortIgnoreInput = {
  /** Whether `ports` are on the server itself or in containers; `portIds` have their own. HSS: `category`. */
  category?: InputMaybe<AssetCategory>;
  /** Enterprise project of the servers, up to 256 characters, or `all_granted_eps`. Default: for `portIds` the one they were read with; for `ports` the one configured for this gateway, or else `0`. HSS: `enterprise_project_id`. */
  enterpriseProjectId?: InputMaybe<Scalars['ID']['input']>;
  /** True: ignore the ports. False: stop ignoring them. HSS: `operate_type` is `ignore` or `not_ignore`. */
  ignore: Scalars['Boolean']['input'];
  /** Ports by `OpenPort.id`. An id carries the category and enterprise project that it was read with. */
  portIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Ports by agent, port number, protocol and container. */
  ports?: InputMaybe<Array<OpenPortKeyInput>>;
};

/** Result of ignoring one port, or of no longer ignoring it. */
export type SetPortIgnoreOutcome =
  /** HSS accepted the change. */
  | 'ACCEPTED'
  /** HSS refused the change, or it never reached HSS. Nothing was changed. */
  | 'REJECTED'
  /** The change was sent but no answer came: it may have taken effect. Repeating it is safe. */
  | 'UNKNOWN';

/** Result for each port. HSS does not report whether a port is ignored, so clients should remember what was accepted, by `ignoreKey`. */
export type SetPortIgnorePayload = {
  __typename?: 'SetPortIgnorePayload';
  /** How many results are ACCEPTED. */
  acceptedCount: Scalars['Int']['output'];
  /** The servers of the ports, each once, in the order of the input, for reading their ports again, after the change, in the same operation. */
  hosts: Array<Host>;
  /** As in the input. */
  ignore: Scalars['Boolean']['output'];
  /** How many results are REJECTED. */
  rejectedCount: Scalars['Int']['output'];
  /** One per port: first `portIds`, then `ports`, in the order of the input. */
  results: Array<SetPortIgnoreResult>;
  /** How many results are UNKNOWN. */
  unknownCount: Scalars['Int']['output'];
};

/** Result for one port. */
export type SetPortIgnoreResult = {
  __typename?: 'SetPortIgnoreResult';
  /** HSS agent on the server; null if the row has none. */
  agentId?: Maybe<Scalars['ID']['output']>;
  /** Container; null on the server itself. */
  containerId?: Maybe<Scalars['ID']['output']>;
  /** Why the change was not accepted; null if it was. */
  error?: Maybe<SetPortIgnoreError>;
  /** The server, for reading its ports again, after the change, in the same operation. Null if `hostId` was not given. `SetPortIgnorePayload.hosts` has each server only once. */
  host?: Maybe<Host>;
  /** Server; null if `hostId` was not given. */
  hostId?: Maybe<Scalars['ID']['output']>;
  /** As in `OpenPort.ignoreKey`: an accepted change applies to all rows with this key. Null if HSS cannot ignore the port. */
  ignoreKey?: Maybe<Scalars['ID']['output']>;
  /** Whether HSS accepted the change. */
  outcome: SetPortIgnoreOutcome;
  /** Port number; null if the row has none. */
  port?: Maybe<Scalars['Int']['output']>;
  /** The id from `portIds`; null for a port from `ports`. */
  portId?: Maybe<Scalars['ID']['output']>;
  /** Transport protocol; null if the row has none, or one that HSS does not document. */
  protocol?: Maybe<TransportProtocol>;
};

/** Transport protocol of a port. HSS documents TCP and UDP; TCP6 and UDP6 are the same over IPv6, and occur in its newer responses. */
export type TransportProtocol =
  /** TCP, over IPv4 or an unspecified version. HSS: `TCP`. */
  | 'TCP'
  /** TCP over IPv6. HSS: `TCP6`. */
  | 'TCP6'
  /** UDP, over IPv4 or an unspecified version. HSS: `UDP`. */
  | 'UDP'
  /** UDP over IPv6. HSS: `UDP6`. */
  | 'UDP6';

export type StatusCountsFragment = { __typename: 'Host', id: string, all?: { __typename: 'OpenPortPage', totalCount: number } | null, danger?: { __typename: 'OpenPortPage', totalCount: number } | null, unknown?: { __typename: 'OpenPortPage', totalCount: number } | null, normal?: { __typename: 'OpenPortPage', totalCount: number } | null } & { ' $fragmentName'?: 'StatusCountsFragment' };

export type StatusCountsQueryVariables = Exact<{
  ids: Array<Scalars['ID']['input']> | Scalars['ID']['input'];
  all: OpenPortFilterInput;
  danger: OpenPortFilterInput;
  unknown: OpenPortFilterInput;
  normal: OpenPortFilterInput;
}>;


export type StatusCountsQuery = { __typename: 'Query', hosts: Array<(
    { __typename: 'Host' }
    & { ' $fragmentRefs'?: { 'StatusCountsFragment': StatusCountsFragment } }
  ) | null> };

export type IgnoreMarkFragment = { __typename: 'IgnoreMark', ignoreKey: string, ignored?: boolean | null, asked: boolean, outcome: SetPortIgnoreOutcome, code?: string | null, message?: string | null, retryAt?: number | null } & { ' $fragmentName'?: 'IgnoreMarkFragment' };

export type RowIgnoreMarkFragment = { __typename: 'OpenPort', ignoreKey?: string | null, ignoreMark?: { __typename: 'IgnoreMark', ignoreKey: string, ignored?: boolean | null, asked: boolean, outcome: SetPortIgnoreOutcome, code?: string | null, message?: string | null, retryAt?: number | null } | null } & { ' $fragmentName'?: 'RowIgnoreMarkFragment' };

export type SetPortIgnoreMutationVariables = Exact<{
  input: SetPortIgnoreInput;
}>;


export type SetPortIgnoreMutation = { __typename: 'Mutation', setPortIgnore?: { __typename: 'SetPortIgnorePayload', results: Array<{ __typename: 'SetPortIgnoreResult', portId?: string | null, ignoreKey?: string | null, outcome: SetPortIgnoreOutcome, error?: { __typename: 'SetPortIgnoreError', code: string, message: string, retryAfterSeconds?: number | null } | null }> } | null };

export type OpenPortRowFragment = { __typename: 'OpenPort', id: string, port?: number | null, protocol?: TransportProtocol | null, status?: PortStatus | null, listenAddress?: string | null, pid?: number | null, executablePath?: string | null, agentId?: string | null, ignoreKey?: string | null } & { ' $fragmentName'?: 'OpenPortRowFragment' };

export type OpenPortsQueryVariables = Exact<{
  hostId: Scalars['ID']['input'];
  filter: OpenPortFilterInput;
  orderBy: Array<OpenPortOrderInput> | OpenPortOrderInput;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type OpenPortsQuery = { __typename: 'Query', host?: { __typename: 'Host', id: string, portsConnection?: { __typename: 'OpenPortConnection', totalCount: number, edges: Array<{ __typename: 'OpenPortEdge', node: (
          { __typename: 'OpenPort', id: string }
          & { ' $fragmentRefs'?: { 'OpenPortRowFragment': OpenPortRowFragment } }
        ) }>, pageInfo: { __typename: 'PageInfo', hasNextPage: boolean, endCursor?: string | null } } | null } | null };

export const StatusCountsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"StatusCounts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Host"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","alias":{"kind":"Name","value":"all"},"name":{"kind":"Name","value":"ports"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"all"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"danger"},"name":{"kind":"Name","value":"ports"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"danger"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"unknown"},"name":{"kind":"Name","value":"ports"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"unknown"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"normal"},"name":{"kind":"Name","value":"ports"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"normal"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}}]} as unknown as DocumentNode<StatusCountsFragment, unknown>;
export const IgnoreMarkFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"IgnoreMark"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"IgnoreMark"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"ignoreKey"}},{"kind":"Field","name":{"kind":"Name","value":"ignored"}},{"kind":"Field","name":{"kind":"Name","value":"asked"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}}]} as unknown as DocumentNode<IgnoreMarkFragment, unknown>;
export const RowIgnoreMarkFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"RowIgnoreMark"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OpenPort"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"ignoreKey"}},{"kind":"Field","name":{"kind":"Name","value":"ignoreMark"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"ignoreKey"}},{"kind":"Field","name":{"kind":"Name","value":"ignored"}},{"kind":"Field","name":{"kind":"Name","value":"asked"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}}]}}]} as unknown as DocumentNode<RowIgnoreMarkFragment, unknown>;
export const OpenPortRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OpenPortRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OpenPort"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"port"}},{"kind":"Field","name":{"kind":"Name","value":"protocol"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"listenAddress"}},{"kind":"Field","name":{"kind":"Name","value":"pid"}},{"kind":"Field","name":{"kind":"Name","value":"executablePath"}},{"kind":"Field","name":{"kind":"Name","value":"agentId"}},{"kind":"Field","name":{"kind":"Name","value":"ignoreKey"}}]}}]} as unknown as DocumentNode<OpenPortRowFragment, unknown>;
export const StatusCountsDocument = {"__meta__":{"hash":"49e73cd650752adbe9b9c20d97e76df76016d8e60c5ca57f7bbe8187473d2dff"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"StatusCounts"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"ids"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"all"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"OpenPortFilterInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"danger"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"OpenPortFilterInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"unknown"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"OpenPortFilterInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"normal"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"OpenPortFilterInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"hosts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"ids"},"value":{"kind":"Variable","name":{"kind":"Name","value":"ids"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"StatusCounts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"StatusCounts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Host"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","alias":{"kind":"Name","value":"all"},"name":{"kind":"Name","value":"ports"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"all"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"danger"},"name":{"kind":"Name","value":"ports"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"danger"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"unknown"},"name":{"kind":"Name","value":"ports"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"unknown"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"normal"},"name":{"kind":"Name","value":"ports"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"normal"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}}]}}]}}]} as unknown as DocumentNode<StatusCountsQuery, StatusCountsQueryVariables>;
export const SetPortIgnoreDocument = {"__meta__":{"hash":"ffe07df72541db6ab39eba6644f55162f9de89e136b1023acec8f7f26f95d7e7"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SetPortIgnore"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SetPortIgnoreInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"setPortIgnore"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"results"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"portId"}},{"kind":"Field","name":{"kind":"Name","value":"ignoreKey"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}}]}}]}}]}}]} as unknown as DocumentNode<SetPortIgnoreMutation, SetPortIgnoreMutationVariables>;
export const OpenPortsDocument = {"__meta__":{"hash":"dc452cc30e422eefee3d2399c462129a8e15849e15d4f568ad557e861be5f7fb"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"OpenPorts"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"hostId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"OpenPortFilterInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"OpenPortOrderInput"}}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"host"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"hostId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"portsConnection"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"OpenPortRow"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OpenPortRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OpenPort"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"port"}},{"kind":"Field","name":{"kind":"Name","value":"protocol"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"listenAddress"}},{"kind":"Field","name":{"kind":"Name","value":"pid"}},{"kind":"Field","name":{"kind":"Name","value":"executablePath"}},{"kind":"Field","name":{"kind":"Name","value":"agentId"}},{"kind":"Field","name":{"kind":"Name","value":"ignoreKey"}}]}}]} as unknown as DocumentNode<OpenPortsQuery, OpenPortsQueryVariables>;