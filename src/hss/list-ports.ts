import { toListKey } from './list-key.ts';
import { endpointPath, toQuery, type Endpoint } from './transport/endpoint.ts';

/** @see https://support.huaweicloud.com/intl/en-us/api-hss2.0/ListPorts.html */
export const listPortsEndpoint: Endpoint = {
  name: 'ListPorts',
  method: 'GET',
  template: '/v5/{project_id}/asset/ports',
};

/** HSS's asset kinds. */
export type Category = 'host' | 'container';

/** Transport protocols in HSS's words. Its documents name TCP and UDP; its statistics also use TCP6 and UDP6. */
export const protocols = ['TCP', 'UDP', 'TCP6', 'UDP6'] as const;
export type Protocol = (typeof protocols)[number];

/** Danger levels of a port. HSS spells the last one `unknow`. */
export type Status = 'normal' | 'danger' | 'unknown';

/** One list of open ports: a host, and the filters on its rows. Null means no filter. */
export interface PortList {
  readonly hostId: string;
  readonly port: number | null;
  readonly protocol: Protocol | null;
  readonly status: Status | null;
  readonly hostName: string | null;
  readonly hostIp: string | null;
  readonly category: Category;
  /** Null: HSS's own default, the default enterprise project. */
  readonly enterpriseProjectId: string | null;
}

/** HSS's name for each part of a list. A part without one would not reach HSS, so it does not compile. */
const nameOfPart = {
  hostId: 'host_id',
  category: 'category',
  hostName: 'host_name',
  hostIp: 'host_ip',
  port: 'port',
  protocol: 'type',
  status: 'status',
  enterpriseProjectId: 'enterprise_project_id',
} as const satisfies Record<keyof PortList, string>;
const parameters = Object.entries(nameOfPart) as [keyof PortList, string][];

/** The query, without limit and offset. */
function listQuery(list: PortList): string {
  return toQuery(
    parameters.map(([part, name]) => {
      const value = list[part];
      // Spelt as in HSS's answers: HSS's filter is tested with the word from its rows.
      return [name, part === 'status' && value === 'unknown' ? 'unknow' : value];
    }),
  );
}

/** Equal for lists that HSS cannot tell apart. */
export const listKey = (list: PortList): string => toListKey(listPortsEndpoint, listQuery(list));

export function listPortsPath(projectId: string, list: PortList, offset: number, limit: number): string {
  const query = `${listQuery(list)}&limit=${limit}&offset=${offset}`;
  return endpointPath(listPortsEndpoint, projectId, query);
}
