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

/** Kind of asset that has the ports. */
export type AssetCategory =
  /** Ports of containers on the server. HSS: `container`. */
  | 'CONTAINER'
  /** Ports of the server itself. HSS: `host`. */
  | 'HOST';

/** A server that HSS protects. Other subgraphs may add its name, addresses and more under the same id. */
export type Host = {
  __typename?: 'Host';
  /** Server id, as in HSS and ECS. 1 to 128 characters. HSS: `host_id`. */
  id: Scalars['ID']['output'];
  /** A page of the open ports that HSS found on this server. An empty list may also mean that HSS knows no such server, has no agent on it, or has it in another enterprise project: HSS does not tell them apart. Null, with an error beside it, where HSS gave no answer, an argument is refused, or the request has no token. Pages, aliases and hosts of one operation share calls to HSS. An order, and filters that HSS does not know, need the whole list: one call for each 200 rows, and COST_LIMIT_EXCEEDED where it has more than 2,000, unless the gateway is configured otherwise. */
  ports?: Maybe<OpenPortPage>;
  /** The same list as `ports`, by the Relay connection specification, forwards. Null, with an error beside it, where HSS gave no answer, an argument is refused, or the request has no token. */
  portsConnection?: Maybe<OpenPortConnection>;
};


/** A server that HSS protects. Other subgraphs may add its name, addresses and more under the same id. */
export type HostPortsArgs = {
  filter?: InputMaybe<OpenPortFilterInput>;
  orderBy?: InputMaybe<Array<OpenPortOrderInput>>;
  page?: InputMaybe<OpenPortPageInput>;
};


/** A server that HSS protects. Other subgraphs may add its name, addresses and more under the same id. */
export type HostPortsConnectionArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<OpenPortFilterInput>;
  first?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<Array<OpenPortOrderInput>>;
};

/** HSS does not tell whether a port is ignored: the cache remembers what was asked, and what HSS said to it. */
export type IgnoreMark = {
  __typename?: 'IgnoreMark';
  /** What was asked for last: to ignore, or to stop ignoring. */
  asked: Scalars['Boolean']['output'];
  /** Why it was not accepted. */
  code?: Maybe<Scalars['String']['output']>;
  ignoreKey: Scalars['ID']['output'];
  /** Whether the port is ignored; null: not known. */
  ignored?: Maybe<Scalars['Boolean']['output']>;
  message?: Maybe<Scalars['String']['output']>;
  outcome: SetPortIgnoreOutcome;
  /** When asking again may help, in milliseconds since 1970. */
  retryAt?: Maybe<Scalars['Float']['output']>;
};

/** Writes to HSS. */
export type Mutation = {
  __typename?: 'Mutation';
  /** Ignores open ports, or stops ignoring them. Ports go to HSS in calls of up to 200, and each gets an outcome of its own; one that HSS cannot be told of is REJECTED, and the others go on. Null, with an error beside it, where an argument or the token is refused. Asking for the same twice is safe, though HSS may reject the second. */
  setPortIgnore?: Maybe<SetPortIgnorePayload>;
};


/** Writes to HSS. */
export type MutationSetPortIgnoreArgs = {
  input: SetPortIgnoreInput;
};

/** A port that a process on a server, or in a container on it, listens on. One port may be in several rows: for each address, protocol and process. */
export type OpenPort = {
  __typename?: 'OpenPort';
  /** HSS agent on the server. HSS: `agent_id`. */
  agentId?: Maybe<Scalars['ID']['output']>;
  /** Container that the process runs in; null on the server itself. HSS: `container_id`. */
  containerId?: Maybe<Scalars['ID']['output']>;
  /** Path of the executable, on Windows with backslashes. HSS: `path`. */
  executablePath?: Maybe<Scalars['String']['output']>;
  /** The server whose ports were asked for. HSS: `host_id`. */
  host: Host;
  /** Stands for the row: opaque, the same between reads, and not touched by a change of status. A process that starts anew, or another executable, makes a new row. */
  id: Scalars['ID']['output'];
  /** Equal for all rows that one ignore touches: HSS ignores by agent, port number, protocol and container, whatever the address or process. Opaque. Null where HSS cannot be told to ignore the row: it has no agent, or another protocol than TCP or UDP. */
  ignoreKey?: Maybe<Scalars['ID']['output']>;
  /** What became of asking to ignore this port; null: nobody has asked. The same for every row of one ignoreKey. */
  ignoreMark?: Maybe<IgnoreMark>;
  /** Address that the process listens on, for example `0.0.0.0` or `::`. HSS: `laddr`. */
  listenAddress?: Maybe<Scalars['String']['output']>;
  /** Id of the process. HSS: `pid`. */
  pid?: Maybe<Scalars['Int']['output']>;
  /** Port number, 0 to 65535. HSS: `port`. */
  port?: Maybe<Scalars['Int']['output']>;
  /** Transport protocol; null where HSS uses a word that it does not document. HSS: `type`. */
  protocol?: Maybe<TransportProtocol>;
  /** Danger level. It says nothing of whether the port is ignored: HSS does not tell. HSS: `status`. */
  status?: Maybe<PortStatus>;
};

/** A part of a list of open ports, by the Relay connection specification. It shares its calls to HSS with pages of the same rows. */
export type OpenPortConnection = {
  __typename?: 'OpenPortConnection';
  /** The rows with their cursors. */
  edges: Array<OpenPortEdge>;
  /** The rows without cursors. */
  nodes: Array<OpenPort>;
  /** Where the connection stands in its list. */
  pageInfo: PageInfo;
  /** How many rows match. HSS counts up to 10,000, though a list may go on: then this is a lower bound. With filters that are answered from the whole list, or an order and rows beside it, it is exact. HSS: `total_num`. */
  totalCount: Scalars['Int']['output'];
};

/** A row of a connection, with its cursor. */
export type OpenPortEdge = {
  __typename?: 'OpenPortEdge';
  /** Cursor of the row, opaque: `after` takes it. It stands for a row number, so that ports which come or go in between shift what follows. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: OpenPort;
};

/** Filters. A row must match all that are given; of a list, any one item. */
export type OpenPortFilterInput = {
  /** Ports of the server itself, or of containers on it. HSS: `category`. */
  category?: InputMaybe<AssetCategory>;
  /** Enterprise project that the server belongs to, up to 256 characters; `0` is the default one, `all_granted_eps` means all that the token may see. Left out: the one configured for this gateway, else the default one. A list that looks empty is often in another enterprise project. HSS: `enterprise_project_id`. */
  enterpriseProjectId?: InputMaybe<Scalars['ID']['input']>;
  /** Part of the path of the executable, 1 to 256 characters, in upper or lower case. Answered from the whole list: see `Host.ports`. */
  executablePathContains?: InputMaybe<Scalars['String']['input']>;
  /** IP address that the server must have, up to 128 characters; HSS does not document whether a part of it is enough. HSS: `host_ip`. */
  hostIp?: InputMaybe<Scalars['String']['input']>;
  /** Name that the server must have, up to 128 characters; HSS does not document whether a part of it is enough. HSS: `host_name`. */
  hostName?: InputMaybe<Scalars['String']['input']>;
  /** Addresses, 1 to 100, each up to 128 characters and compared exactly: `0.0.0.0` finds no other address. Answered from the whole list: see `Host.ports`. */
  listenAddresses?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Port number, 1 to 65535. HSS: `port`. */
  port?: InputMaybe<Scalars['Int']['input']>;
  /** Port numbers, 1 to 100, each 1 to 65535. More than one is answered from the whole list: see `Host.ports`. */
  portNumbers?: InputMaybe<Array<Scalars['Int']['input']>>;
  /** Transport protocol. HSS: `type`. */
  protocol?: InputMaybe<TransportProtocol>;
  /** Transport protocols, 1 to 4. More than one is answered from the whole list: see `Host.ports`. */
  protocols?: InputMaybe<Array<TransportProtocol>>;
  /** Danger level. UNKNOWN finds what HSS calls so, not rows with a word that this gateway does not know. HSS: `status`. */
  status?: InputMaybe<PortStatus>;
  /** Danger levels, 1 to 3. More than one is answered from the whole list: see `Host.ports`. */
  statuses?: InputMaybe<Array<PortStatus>>;
};

/** A port by what HSS addresses it with. All rows with this agent, port, protocol and container are meant. */
export type OpenPortKeyInput = {
  /** HSS agent on the server, 1 to 64 characters. HSS: `agent_id`. */
  agentId: Scalars['ID']['input'];
  /** Container, up to 64 characters. HSS: `container_id`. */
  containerId?: InputMaybe<Scalars['ID']['input']>;
  /** Server, up to 64 characters. Needed to read `host` of the result. HSS: `host_id`. */
  hostId?: InputMaybe<Scalars['ID']['input']>;
  /** Port number, 0 to 2,147,483,647. HSS: `port`. */
  port: Scalars['Int']['input'];
  /** TCP or UDP. HSS documents no others here: TCP6 and UDP6 are REJECTED. HSS: `port_type`. */
  protocol: TransportProtocol;
};

/** Direction of an order. */
export type OpenPortOrderDirection =
  /** Smallest first. */
  | 'ASC'
  /** Largest first. */
  | 'DESC';

/** What open ports are ordered by. Rows without it come last, in both directions. */
export type OpenPortOrderField =
  /** Path of the executable, as a text. */
  | 'EXECUTABLE_PATH'
  /** Address, as a text. */
  | 'LISTEN_ADDRESS'
  /** Id of the process. */
  | 'PID'
  /** Port number. */
  | 'PORT'
  /** Transport protocol, by its name: TCP, TCP6, UDP, UDP6. */
  | 'PROTOCOL'
  /** Danger: NORMAL, UNKNOWN, DANGER. */
  | 'STATUS';

/** An order of open ports. Equal rows stay in the order of HSS. */
export type OpenPortOrderInput = {
  /** Smallest or largest first. */
  direction?: InputMaybe<OpenPortOrderDirection>;
  /** What is compared. */
  field: OpenPortOrderField;
};

/** A page of a list of open ports. HSS documents no order and takes no snapshot: where ports come and go while a page is read, it may hold fewer rows than asked for, but none twice. */
export type OpenPortPage = {
  __typename?: 'OpenPortPage';
  /** Whether rows follow after `offset + limit`. From 10,000 rows on, a full page means that they may. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether rows come before `offset`. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** The limit that was asked for. */
  limit: Scalars['Int']['output'];
  /** The rows. Without this field in the selection, the page costs the smallest call to HSS, but with filters that are answered from the whole list. */
  nodes: Array<OpenPort>;
  /** The offset that was asked for. */
  offset: Scalars['Int']['output'];
  /** How many rows match. HSS counts up to 10,000, though a list may go on: then this is a lower bound. With filters that are answered from the whole list, or an order and rows beside it, it is exact. HSS: `total_num`. */
  totalCount: Scalars['Int']['output'];
};

/** A part of a list, by row numbers. */
export type OpenPortPageInput = {
  /** How many rows, 1 to 1,000 unless the gateway is configured otherwise. Any number in between is answered exactly. */
  limit?: InputMaybe<Scalars['Int']['input']>;
  /** How many rows to leave out at the beginning, 0 to 2,000,000. */
  offset?: InputMaybe<Scalars['Int']['input']>;
};

/** Where a connection stands in its list. */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** Cursor of the last row, opaque: `after` takes it. It stands for a row number, so that ports which come or go in between shift what follows. Null where there is none. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether rows follow. From 10,000 rows on, a full connection means that they may. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether rows come before. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the first row; null where there is none. */
  startCursor?: Maybe<Scalars['String']['output']>;
};

/** How dangerous HSS considers an open port. It does not tell whether the port is ignored. */
export type PortStatus =
  /** A port that is known to be dangerous. HSS: `danger`. */
  | 'DANGER'
  /** An ordinary port. HSS: `normal`. */
  | 'NORMAL'
  /** HSS has not said how dangerous the port is, or has said so by a word that this gateway does not know. HSS: `unknow` or `unknown`. */
  | 'UNKNOWN';

/** Open ports of servers, as Huawei Cloud Host Security Service (HSS) sees them. */
export type Query = {
  __typename?: 'Query';
  /** One server by its id. HSS is not called, and does not check the id, until ports are selected. */
  host?: Maybe<Host>;
  /** Several servers by their ids, in the order of the ids; an id may come twice, and one out of bounds is null with an error. HSS is not called, and does not check the id, until ports are selected. The ports of each need a call or more: an operation that may need more than 100 is refused, COST_LIMIT_EXCEEDED, unless the gateway is configured otherwise. */
  hosts: Array<Maybe<Host>>;
  /** One open port by its id, read again: for links, and to see what has become of it. Null where the row is gone. */
  openPort?: Maybe<OpenPort>;
  /** Several open ports by their ids, in the order of the ids, read again; an id may come twice. One whose row is gone is null; one that is no id, or that HSS gave no answer for, is null with an error. Ids of one server share calls to HSS, but each port number may need one: an operation that may need more than 100 is refused, COST_LIMIT_EXCEEDED, unless the gateway is configured otherwise. */
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

/** Why a port was not accepted. HSS refuses calls of up to 200 ports as a whole: the reason may lie with another port of the same call. */
export type SetPortIgnoreError = {
  __typename?: 'SetPortIgnoreError';
  /** The codes of `extensions.code`, for example FORBIDDEN or UPSTREAM_TIMEOUT. */
  code: Scalars['String']['output'];
  /** The same for a human reader, in English. */
  message: Scalars['String']['output'];
  /** Seconds after which it is worth to ask again, where HSS says so. */
  retryAfterSeconds?: Maybe<Scalars['Int']['output']>;
};

/** Which ports to ignore, or to ignore no longer: 1 to 2,000, by id, by their parts, or both. */
export type SetPortIgnoreInput = {
  /** Kind of asset that `ports` are of. HSS: `category`. */
  category?: InputMaybe<AssetCategory>;
  /** Enterprise project of the assets, up to 256 characters, or `all_granted_eps`. Left out: for `portIds` the one they were read under; for `ports` the one configured for this gateway, else the default one. HSS: `enterprise_project_id`. */
  enterpriseProjectId?: InputMaybe<Scalars['ID']['input']>;
  /** True: ignore the ports. False: stop ignoring them. HSS: `operate_type` is `ignore` or `not_ignore`. */
  ignore: Scalars['Boolean']['input'];
  /** `OpenPort.id` of ports, each with the category and enterprise project it was read under. */
  portIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Ports by their parts. */
  ports?: InputMaybe<Array<OpenPortKeyInput>>;
};

/** What is known of one port after the write. */
export type SetPortIgnoreOutcome =
  /** HSS accepted the change. */
  | 'ACCEPTED'
  /** HSS refused it, or it never reached HSS: nothing was changed. */
  | 'REJECTED'
  /** It was sent and no answer came: it may have happened. Asking for the same again is safe. */
  | 'UNKNOWN';

/** What became of each port. HSS does not tell whether a port is ignored: a client remembers what was accepted, by `ignoreKey`. */
export type SetPortIgnorePayload = {
  __typename?: 'SetPortIgnorePayload';
  /** How many results are ACCEPTED. */
  acceptedCount: Scalars['Int']['output'];
  /** The servers of the ports, each once, in order: to read their ports again in the same operation. HSS is asked anew. */
  hosts: Array<Host>;
  /** As asked for. */
  ignore: Scalars['Boolean']['output'];
  /** How many results are REJECTED. */
  rejectedCount: Scalars['Int']['output'];
  /** One for each port, `portIds` first, then `ports`, in the order of the input. */
  results: Array<SetPortIgnoreResult>;
  /** How many results are UNKNOWN. */
  unknownCount: Scalars['Int']['output'];
};

/** What became of one port. */
export type SetPortIgnoreResult = {
  __typename?: 'SetPortIgnoreResult';
  /** HSS agent on the server; null where the row has none. */
  agentId?: Maybe<Scalars['ID']['output']>;
  /** Container; null on the server itself. */
  containerId?: Maybe<Scalars['ID']['output']>;
  /** Why it was not accepted; null when it was. */
  error?: Maybe<SetPortIgnoreError>;
  /** The server, to read its ports again in the same operation: HSS is asked anew. Null where it was not given. To read each server once, whatever the number of its ports: `SetPortIgnorePayload.hosts`. */
  host?: Maybe<Host>;
  /** Server; null where it was not given. */
  hostId?: Maybe<Scalars['ID']['output']>;
  /** As `OpenPort.ignoreKey`: what was accepted holds for all rows with this key. Null where HSS cannot be told to ignore the port. */
  ignoreKey?: Maybe<Scalars['ID']['output']>;
  /** What is known of it. */
  outcome: SetPortIgnoreOutcome;
  /** Port number; null where the row has none. */
  port?: Maybe<Scalars['Int']['output']>;
  /** The id as given, for ports given by id. */
  portId?: Maybe<Scalars['ID']['output']>;
  /** Transport protocol; null where the row has none, or one that HSS does not document. */
  protocol?: Maybe<TransportProtocol>;
};

/** Transport protocol of a port. HSS documents TCP and UDP; TCP6 and UDP6 are the same over IPv6, and occur in its newer answers. */
export type TransportProtocol =
  /** TCP, over IPv4 or unspecified. HSS: `TCP`. */
  | 'TCP'
  /** TCP over IPv6. HSS: `TCP6`. */
  | 'TCP6'
  /** UDP, over IPv4 or unspecified. HSS: `UDP`. */
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