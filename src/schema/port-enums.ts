import type { Category, Protocol, Status } from '../hss/list-ports.ts';
import { builder } from './builder.ts';

export const TransportProtocol = builder.enumType('TransportProtocol', {
  description:
    'Transport protocol of a port. HSS documents TCP and UDP; TCP6 and UDP6 are the same over IPv6, and occur in its newer responses.',
  values: {
    TCP: { value: 'TCP' satisfies Protocol, description: 'TCP, over IPv4 or an unspecified version. HSS: `TCP`.' },
    UDP: { value: 'UDP' satisfies Protocol, description: 'UDP, over IPv4 or an unspecified version. HSS: `UDP`.' },
    TCP6: { value: 'TCP6' satisfies Protocol, description: 'TCP over IPv6. HSS: `TCP6`.' },
    UDP6: { value: 'UDP6' satisfies Protocol, description: 'UDP over IPv6. HSS: `UDP6`.' },
  } as const,
});

export const PortStatus = builder.enumType('PortStatus', {
  description: 'How dangerous HSS considers an open port. This does not tell whether the port is ignored.',
  values: {
    NORMAL: { value: 'normal' satisfies Status, description: 'An ordinary port. HSS: `normal`.' },
    DANGER: { value: 'danger' satisfies Status, description: 'A port known to be dangerous. HSS: `danger`.' },
    UNKNOWN: {
      value: 'unknown' satisfies Status,
      description:
        'HSS does not say how dangerous the port is, or reports a status that this gateway does not know. HSS: `unknow` or `unknown`.',
    },
  } as const,
});

export const AssetCategory = builder.enumType('AssetCategory', {
  description: 'Where the ports are: on the server itself, or in its containers.',
  values: {
    HOST: { value: 'host' satisfies Category, description: 'Ports of the server itself. HSS: `host`.' },
    CONTAINER: {
      value: 'container' satisfies Category,
      description: 'Ports of containers on the server. HSS: `container`.',
    },
  } as const,
});
