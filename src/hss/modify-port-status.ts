import { endpointPath, toQuery, type Endpoint } from './transport/endpoint.ts';
import type { Category } from './list-ports.ts';

/** @see https://support.huaweicloud.com/intl/en-us/api-hss2.0/BatchModifyPortStatus.html */
export const modifyPortStatusEndpoint: Endpoint = {
  name: 'BatchModifyPortStatus',
  method: 'POST',
  template: '/v5/{project_id}/asset/batch-modify-port-status',
};

/** HSS's words for what to do. */
export type OperateType = 'ignore' | 'not_ignore';

export const toOperateType = (ignore: boolean): OperateType => (ignore ? 'ignore' : 'not_ignore');

/** A port as this endpoint addresses it: all rows with the same agent, port, protocol and container. */
export interface PortTarget {
  readonly agentId: string;
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP';
  readonly containerId: string | null;
  readonly hostId: string | null;
}

export interface PortStatusChange {
  readonly ignore: boolean;
  readonly category: Category;
  readonly enterpriseProjectId: string | null;
  /** 1..200 */
  readonly targets: readonly PortTarget[];
}

export function modifyPortStatusPath(projectId: string, change: PortStatusChange): string {
  const query = toQuery([
    ['category', change.category],
    ['enterprise_project_id', change.enterpriseProjectId],
  ]);
  return endpointPath(modifyPortStatusEndpoint, projectId, query);
}

export function modifyPortStatusBody(change: PortStatusChange): string {
  return JSON.stringify({
    operate_type: toOperateType(change.ignore),
    data_list: change.targets.map((target) => ({
      port: target.port,
      port_type: target.protocol,
      ...(target.containerId !== null && { container_id: target.containerId }),
      ...(target.hostId !== null && { host_id: target.hostId }),
      agent_id: target.agentId,
    })),
  });
}
