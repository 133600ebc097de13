import type { OpenPortFilterInput, PortStatus, TransportProtocol } from '../graphql/generated/graphql.ts';

/** The filters as they stand on the page. */
export interface Filters {
  readonly status: PortStatus | null;
  readonly protocol: TransportProtocol | null;
  /** Port numbers as typed: `22` or `22, 443`. */
  readonly ports: string;
  /** A part of the executable's path. */
  readonly text: string;
}

export const noFilters: Filters = { status: null, protocol: null, ports: '', text: '' };

/** The numbers of `22, 443`; null where something else was typed. */
export function readPorts(typed: string): number[] | null {
  const words = typed.split(/[\s,;]+/).filter((word) => word !== '');
  const ports = words.map(Number);
  const areValid = ports.length <= 100 && ports.every((port) => Number.isInteger(port) && port >= 1 && port <= 65_535);
  return areValid ? ports : null;
}

/** All filters but the status, whose counts stand on the tabs. What was typed wrongly filters nothing. */
export function toFilterInput({ protocol, ports, text }: Filters): OpenPortFilterInput {
  const numbers = readPorts(ports) ?? [];
  return {
    ...(protocol !== null && { protocol }),
    ...(numbers.length > 0 && { portNumbers: numbers }),
    ...(text.trim() !== '' && { executablePathContains: text.trim() }),
  };
}
