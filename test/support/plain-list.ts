import type { PortList } from '../../src/hss/list-ports.ts';

/** All ports of a host. */
export const plainList: PortList = {
  hostId: 'host',
  port: null,
  protocol: null,
  status: null,
  hostName: null,
  hostIp: null,
  category: 'host',
  enterpriseProjectId: null,
};
