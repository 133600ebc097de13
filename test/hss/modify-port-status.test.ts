import { describe, expect, it } from 'vitest';
import {
  modifyPortStatusBody,
  modifyPortStatusEndpoint,
  modifyPortStatusPath,
  type PortStatusChange,
} from '../../src/hss/modify-port-status.ts';
import { isRead } from '../../src/hss/transport/endpoint.ts';

const change: PortStatusChange = {
  ignore: true,
  category: 'host',
  enterpriseProjectId: null,
  targets: [
    { agentId: 'a', port: 22, protocol: 'TCP', containerId: null, hostId: null },
    { agentId: 'b', port: 53, protocol: 'UDP', containerId: 'c', hostId: 'h' },
  ],
};

describe('a change of ports', () => {
  it("is a POST of HSS's path, with the category and, where there is one, the enterprise project", () => {
    expect(modifyPortStatusEndpoint.method).toBe('POST');
    expect(isRead(modifyPortStatusEndpoint)).toBe(false);
    expect(modifyPortStatusPath('p', change)).toBe('/v5/p/asset/batch-modify-port-status?category=host');
    expect(modifyPortStatusPath('p', { ...change, category: 'container', enterpriseProjectId: 'ep' })).toBe(
      '/v5/p/asset/batch-modify-port-status?category=container&enterprise_project_id=ep',
    );
  });

  it('has the documented body, without what is not known of a port', () => {
    expect(JSON.parse(modifyPortStatusBody(change))).toEqual({
      operate_type: 'ignore',
      data_list: [
        { port: 22, port_type: 'TCP', agent_id: 'a' },
        { port: 53, port_type: 'UDP', agent_id: 'b', container_id: 'c', host_id: 'h' },
      ],
    });
    expect(JSON.parse(modifyPortStatusBody({ ...change, ignore: false, targets: [] }))).toEqual({
      operate_type: 'not_ignore',
      data_list: [],
    });
  });
});
