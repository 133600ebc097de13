import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gql, type ApolloClient, type TypedDocumentNode } from '@apollo/client';
import { generate } from '@graphql-codegen/cli';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createClient } from '../../examples/frontend/client.ts';
import { setPortIgnoreWithRetry } from '../../examples/frontend/set-port-ignore-with-retry.ts';
import { Ignored, setPortIgnore, type Port } from '../../examples/frontend/set-port-ignore.ts';
import { gatewayError, hssError } from '../../src/simulator/error-replies.ts';
import { generateRows } from '../../src/simulator/generated-rows.ts';
import type { SimulatorSwitches } from '../../src/simulator/switches.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { createClientProject } from './client-project.ts';
import { bodyOf, writesOf } from '../writes/set-port-ignore.ts';

interface Row extends Port {
  readonly port: number;
}

interface Listed {
  readonly host: { readonly ports: { readonly nodes: Row[] } };
}

const Ports: TypedDocumentNode<Listed> = gql`
  query Ports {
    host(id: "risky-host") {
      id
      ports {
        nodes {
          id
          port
          ignoreKey
        }
      }
    }
  }
`;

const PortsWithoutKey: TypedDocumentNode<Listed> = gql`
  query PortsWithoutKey {
    host(id: "rehearse-ignoring") {
      id
      ports {
        nodes {
          id
          port
          ignoreKey
        }
      }
    }
  }
`;

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

interface Frontend {
  readonly gateway: TestGateway;
  readonly client: ApolloClient;
  /** Lists the ports as the table does. */
  readonly list: () => Promise<Row[]>;
  /** What the row of a port shows. */
  readonly shows: (port: Port) => boolean | null;
}

async function startFrontend(simulator: Partial<SimulatorSwitches> = {}): Promise<Frontend> {
  const gateway = await startGateway({ simulator });
  const client = createClient(gateway.url, 'token');
  onTestFinished(() => client.stop());
  return {
    gateway,
    client,
    async list() {
      const { data } = await client.query({ query: Ports, fetchPolicy: 'network-only' });
      return data!.host.ports.nodes;
    },
    shows: ({ id }) =>
      client.readFragment({ fragment: Ignored, from: { __typename: 'OpenPort', id }, optimistic: true })?.ignored ??
      null,
  };
}

const portOf = (rows: readonly Row[], wanted: number): Row => rows.find(({ port }) => port === wanted)!;

describe('a table of ports in Apollo Client', () => {
  it('shows an ignored port at once, and keeps it when HSS has accepted it', async () => {
    const { gateway, client, list, shows } = await startFrontend();
    const ports = await list();
    const [telnet, ssh] = [portOf(ports, 23), portOf(ports, 22)];
    expect(shows(telnet)).toBeNull();
    gateway.simulator.on({ answer: { delayMs: 500 }, times: 1 });

    const write = setPortIgnore(client, true, [telnet]);
    // Nothing has come back yet.
    expect(shows(telnet)).toBe(true);
    expect(await write).toMatchObject([{ portId: telnet.id, outcome: 'ACCEPTED', error: null }]);

    expect(shows(telnet)).toBe(true);
    expect(shows(ssh)).toBeNull();
    expect(writesOf(gateway).map((call) => bodyOf(call).operate_type)).toEqual(['ignore']);
    await setPortIgnore(client, false, [telnet]);
    expect(shows(telnet)).toBe(false);
  });

  it('takes back what HSS rejects, and tells why', async () => {
    const { gateway, client, list, shows } = await startFrontend();
    const telnet = portOf(await list(), 23);
    await setPortIgnore(client, false, [telnet]);
    gateway.simulator.on({ answer: hssError('HSS.0013') });

    const write = setPortIgnore(client, true, [telnet]);
    expect(shows(telnet)).toBe(true);

    expect(await write).toMatchObject([{ portId: telnet.id, outcome: 'REJECTED', error: { code: 'FORBIDDEN' } }]);
    expect(shows(telnet)).toBe(false);
  });

  it('shows neither where it is not known, and asks again', async () => {
    const { gateway, client, list, shows } = await startFrontend();
    const telnet = portOf(await list(), 23);
    gateway.simulator.on({ answer: 'reset', times: 1, applied: true });

    expect(await setPortIgnore(client, true, [telnet])).toMatchObject([
      { outcome: 'UNKNOWN', error: { code: 'UPSTREAM_UNAVAILABLE' } },
    ]);
    expect(shows(telnet)).toBeNull();

    gateway.simulator.on({ answer: 'reset', times: 1, applied: true });
    expect(await setPortIgnoreWithRetry(client, true, [telnet])).toMatchObject([
      { portId: telnet.id, outcome: 'ACCEPTED', error: null },
    ]);
    expect(shows(telnet)).toBe(true);
    expect(writesOf(gateway)).toHaveLength(3);
  });

  it('asks again for no more than is unknown', async () => {
    const { gateway, client, list, shows } = await startFrontend();
    const [telnet, ftp] = [portOf(await list(), 23), portOf(await list(), 21)];
    gateway.simulator.on({ answer: 'reset', times: 1 });

    const results = await setPortIgnoreWithRetry(client, true, [telnet]);
    expect(await setPortIgnoreWithRetry(client, true, [ftp])).toMatchObject([{ outcome: 'ACCEPTED' }]);

    expect(results).toMatchObject([{ outcome: 'ACCEPTED' }]);
    expect(writesOf(gateway).map((call) => bodyOf(call).data_list.map(({ port }) => port))).toEqual([[23], [23], [21]]);
    expect([shows(telnet), shows(ftp)]).toEqual([true, true]);
  });

  it('goes on showing neither where HSS refuses the repeat of what may have happened', async () => {
    const { gateway, client, list, shows } = await startFrontend({ repeatedIgnore: 'reject' });
    const telnet = portOf(await list(), 23);
    gateway.simulator.on({ answer: 'reset', times: 1, applied: true });

    // The second write is refused since the first has happened.
    expect(await setPortIgnoreWithRetry(client, true, [telnet])).toMatchObject([{ outcome: 'UNKNOWN' }]);

    expect(shows(telnet)).toBeNull();
    expect(writesOf(gateway)).toHaveLength(2);
  });

  it('tells what became of the first try where the second fails as a whole', async () => {
    const { gateway, client, list, shows } = await startFrontend();
    const telnet = portOf(await list(), 23);
    gateway.simulator.on({ answer: 'reset', times: 1 });
    gateway.simulator.on({ answer: gatewayError('APIGW.0307', 401) });

    expect(await setPortIgnoreWithRetry(client, true, [telnet])).toMatchObject([{ outcome: 'UNKNOWN' }]);

    expect(shows(telnet)).toBeNull();
    expect(writesOf(gateway)).toHaveLength(2);
  });

  it('shows no mark at a row that cannot be ignored', async () => {
    const { gateway, client } = await startFrontend();
    const { data } = await client.query({ query: PortsWithoutKey });
    const [first, second] = data!.host.ports.nodes.filter(({ ignoreKey }) => ignoreKey === null);
    const marked: unknown[] = [];
    const watch = client
      .watchFragment({ fragment: Ignored, from: { __typename: 'OpenPort', id: second!.id } })
      .subscribe(({ data }) => marked.push((data as { ignored?: unknown }).ignored));
    onTestFinished(() => watch.unsubscribe());

    expect(await setPortIgnore(client, true, [first!])).toMatchObject([
      { outcome: 'REJECTED', error: { code: 'BAD_USER_INPUT' } },
    ]);

    expect(marked).toEqual([null]);
    expect(Object.keys(client.cache.extract() as object).filter((id) => id.startsWith('PortIgnore'))).toEqual([]);
    expect(writesOf(gateway)).toEqual([]);
  });

  it('takes all back where the operation fails as a whole', async () => {
    const { gateway, client, list, shows } = await startFrontend();
    const telnet = portOf(await list(), 23);
    gateway.simulator.on({ answer: gatewayError('APIGW.0307', 401) });

    const write = setPortIgnore(client, true, [telnet]);
    expect(shows(telnet)).toBe(true);

    await expect(write).rejects.toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    expect(shows(telnet)).toBeNull();
  });

  it('keeps the marks on their ports when the list is read anew and has moved', async () => {
    const { client, list, shows } = await startFrontend({ ignoredPortView: 'removed' });
    const before = await list();
    await setPortIgnore(client, true, [portOf(before, 21), portOf(before, 22)]);

    const after = await list();

    expect(after).toHaveLength(before.length - 2);
    expect(after.map(shows)).toEqual(after.map(() => null));
    expect([shows(portOf(before, 21)), shows(portOf(before, 22))]).toEqual([true, true]);
  });

  it('shows the same at all rows that HSS ignores together', async () => {
    const { client, list, shows } = await startFrontend();
    const smb = (await list()).filter(({ port }) => port === 445);
    expect(smb).toHaveLength(2);

    await setPortIgnore(client, true, [smb[0]!]);

    expect(smb.map(shows)).toEqual([true, true]);
  });

  it('shows nothing at a row that cannot be ignored, nor at others like it', async () => {
    const { gateway, client, list, shows } = await startFrontend();
    gateway.simulator.addHost({ hostId: 'risky-host', rows: generateRows('risky-host', '', 2) });
    const rows = await list();

    const write = setPortIgnore(client, true, [rows[0]!]);
    expect(rows.map(shows)).toEqual([null, null]);

    expect(await write).toMatchObject([{ ignoreKey: null, outcome: 'REJECTED' }]);
    expect(rows.map(shows)).toEqual([null, null]);
  });

  it('is told of the change by the fragment that a row watches', async () => {
    const { client, list } = await startFrontend();
    const telnet = portOf(await list(), 23);
    const seen: unknown[] = [];
    const watch = client
      .watchFragment({ fragment: Ignored, from: { __typename: 'OpenPort', id: telnet.id } })
      .subscribe(({ data }) => seen.push((data as { ignored?: unknown }).ignored));
    onTestFinished(() => watch.unsubscribe());

    await setPortIgnore(client, true, [telnet]);

    await expect.poll(() => seen.at(-1)).toBe(true);
    expect(seen).not.toContain(false);
  });
});

describe('graphql-codegen', () => {
  it('types the documents of the examples, with what only the cache knows', async () => {
    const generated = await generate(
      {
        schema: [at('api.graphql'), at('examples/frontend/client.graphql')],
        documents: [at('examples/frontend/*.ts')],
        generates: { 'generated/': { preset: 'client' } },
        silent: true,
      },
      false,
    );

    const content = (generated as { content: string }[]).map((file) => file.content).join();
    for (const name of ['SetPortIgnoreMutation', 'IgnoredFragment', 'PortIgnoreFragment', 'IgnoredQuery']) {
      expect(content).toContain(`export type ${name} =`);
    }
  });
});

describe('the code in docs/frontend.md', () => {
  const doc = readFileSync(at('docs/frontend.md'), 'utf8');
  const examples = readdirSync(at('examples/frontend'));
  const textOf = (name: string) => readFileSync(at(`examples/frontend/${name}`), 'utf8');

  it('is the code that runs here', () => {
    const blocks = [...doc.matchAll(/^```(?:ts|graphql)\n(.*?)^```$/gms)].map(([, code]) => code);
    expect(blocks).toHaveLength(3);
    for (const block of blocks) expect(examples.map(textOf)).toContain(block);
  });

  it('has types that a strict project accepts', async () => {
    const [watch] = /useFragment\(.*?\)/s.exec(doc) ?? [];
    const row = `
import { useFragment } from '@apollo/client/react';
import { Ignored, type Port } from './set-port-ignore.ts';
export const useIgnored = (port: Port) => ${watch}.data.ignored;
`;
    const files = examples.filter((name) => name.endsWith('.ts')).map((name) => [name, textOf(name)] as const);
    const project = await createClientProject({ ...Object.fromEntries(files), 'row.ts': row });

    await project.run('tsc', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess');
  });
});
