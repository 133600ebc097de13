import { listPorts } from './list-ports.ts';
import { modifyPortStatus } from './modify-port-status.ts';
import type { Operation } from './operation.ts';

/** An endpoint of HSS at `/v5/{project_id}/asset/{name}`. */
export interface NamedOperation {
  readonly method: 'GET' | 'POST';
  readonly name: string;
  /** The required query, as the front page shows it. */
  readonly query: string;
  readonly answer: Operation;
}

/** All endpoints that the simulator has. */
export const operations: readonly NamedOperation[] = [
  { method: 'GET', name: 'ports', query: '?host_id={host}', answer: listPorts },
  { method: 'POST', name: 'batch-modify-port-status', query: '', answer: modifyPortStatus },
];
