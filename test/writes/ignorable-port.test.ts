import { describe, expect, it } from 'vitest';
import { toIgnoreKey, toTarget, type NamedPort } from '../../src/writes/ignorable-port.ts';

const named: NamedPort = { agentId: 'a', port: 22, protocolText: 'TCP', containerId: 'c', hostId: 'h' };

describe('a port that is to be changed', () => {
  it.each(['TCP', 'UDP'] as const)('is a target of HSS under %s', (protocolText) => {
    const { agentId, port, containerId, hostId } = named;
    expect(toTarget({ ...named, protocolText })).toEqual({
      agentId,
      port,
      containerId,
      hostId,
      protocol: protocolText,
    });
  });

  it('may have no container and no host, port 0, and ids of 64 characters', () => {
    const long = 'x'.repeat(64);
    for (const fields of [
      { containerId: null, hostId: null },
      { port: 0 },
      { agentId: long, containerId: long, hostId: long },
    ]) {
      expect(toTarget({ ...named, ...fields })).not.toHaveProperty('refusal');
    }
  });

  const withoutNumber = 'HSS cannot ignore a port without an agent and a port number.';
  const protocols = 'HSS can ignore only TCP and UDP ports.';
  const length = 'HSS accepts agent, container and server ids of at most 64 characters.';
  it.each<[fields: Partial<NamedPort>, refusal: string, protocol: string | null]>([
    [{ agentId: null }, withoutNumber, 'TCP'],
    [{ port: null }, withoutNumber, 'TCP'],
    [{ protocolText: 'TCP6' }, protocols, 'TCP6'],
    [{ protocolText: 'UDP6' }, protocols, 'UDP6'],
    [{ protocolText: 'SCTP' }, protocols, null],
    [{ protocolText: null }, protocols, null],
    [{ agentId: 'x'.repeat(65) }, length, 'TCP'],
    [{ containerId: 'x'.repeat(65) }, length, 'TCP'],
    [{ hostId: 'x'.repeat(65) }, length, 'TCP'],
  ])('is refused with a reason, and with what is known of it: %j', (fields, refusal, protocol) => {
    const { agentId, port, containerId, hostId } = { ...named, ...fields };
    const target = toTarget({ ...named, ...fields });
    expect(target).toEqual({ agentId, port, containerId, hostId, protocol, refusal });
    expect(toIgnoreKey(target)).toBeNull();
  });
});

describe('the key of an ignore', () => {
  const keyOf = (fields: Partial<NamedPort>): string | null => toIgnoreKey(toTarget({ ...named, ...fields }));

  it('is the same for all rows that HSS ignores together, and another one for all others', () => {
    expect(keyOf({ hostId: 'another' })).toBe(keyOf({}));
    const others = [{}, { agentId: 'b' }, { port: 23 }, { protocolText: 'UDP' }, { containerId: null }].map(keyOf);
    expect(new Set(others).size).toBe(5);
    expect(others).not.toContain(null);
  });

  it('can stand in any URL and any header', () => {
    expect(keyOf({ agentId: 'ä??>>' })).toMatch(/^[\w-]+$/);
  });
});
