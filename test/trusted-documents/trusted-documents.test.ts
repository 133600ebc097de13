import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { getIntrospectionQuery } from 'graphql';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startGateway, type GatewayOptions, type TestGateway } from '../support/gateway.ts';

const portsText = 'query Ports($id: ID!) { host(id: $id) { ports { totalCount } } }';
const ignoreText =
  'mutation Ignore($input: SetPortIgnoreInput!) { setPortIgnore(input: $input) { acceptedCount rejectedCount } }';
const manifest = { 'hash-of-ports': portsText, 'hash-of-ignore': ignoreText };
const variables = { id: 'host-40' };
const answer = { data: { host: { ports: { totalCount: 40 } } } };

async function writeManifest(content: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'manifest-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'persisted-documents.json');
  await writeFile(path, content);
  return path;
}

async function startTrusting({ env }: GatewayOptions = {}, documents: object = manifest): Promise<TestGateway> {
  const path = await writeManifest(JSON.stringify(documents));
  // Answers without the cost of the operation, and the page of GraphiQL, are a matter of other settings.
  return startGateway({ env: { TRUSTED_DOCUMENTS: path, GRAPHIQL: 'false', ...env } });
}

interface Sent {
  readonly status: number;
  readonly body: unknown;
}

async function post(
  { url }: TestGateway,
  params: unknown,
  accept = 'application/graphql-response+json',
): Promise<Sent> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-auth-token': 'token', accept },
    body: JSON.stringify(params),
  });
  return { status: response.status, body: await response.json() };
}

async function get({ url }: TestGateway, params: Record<string, string>): Promise<Sent> {
  const response = await fetch(`${url}?${new URLSearchParams(params).toString()}`, {
    headers: { 'x-auth-token': 'token', accept: 'application/graphql-response+json' },
  });
  return { status: response.status, body: await response.json() };
}

const persistedQuery = (sha256Hash: unknown) => ({ persistedQuery: { version: 1, sha256Hash } });

describe('a trusted document', () => {
  it.each<readonly [how: string, params: object]>([
    ['by its hash, as APQ clients send it', { extensions: persistedQuery('hash-of-ports') }],
    ['by its hash and its text', { query: portsText, extensions: persistedQuery('hash-of-ports') }],
    [
      'by its hash and a name of its operation',
      { operationName: 'Ports', extensions: persistedQuery('hash-of-ports') },
    ],
    ['by its documentId', { documentId: 'hash-of-ports' }],
    ['by its documentId, which names the digest', { documentId: 'sha256:hash-of-ports' }],
    ['by its very text', { query: portsText }],
    ['by its text beside an unknown hash', { query: portsText, extensions: persistedQuery('hash-of-another') }],
    ['by its text beside other extensions', { query: portsText, extensions: { trace: true } }],
  ])('is served %s', async (_how, params) => {
    const gateway = await startTrusting();

    expect(await post(gateway, { ...params, variables })).toEqual({ status: 200, body: answer });
    expect(gateway.simulator.calls).toHaveLength(1);
  });

  it.each<readonly [how: string, params: Record<string, string>]>([
    ['its hash, as APQ clients send it', { extensions: JSON.stringify(persistedQuery('hash-of-ports')) }],
    ['its documentId', { documentId: 'hash-of-ports' }],
    ['its very text', { query: portsText }],
  ])('is served to a GET by %s', async (_how, params) => {
    const gateway = await startTrusting();

    expect(await get(gateway, { ...params, variables: JSON.stringify(variables) })).toEqual({
      status: 200,
      body: answer,
    });
  });

  it('is the one of the hash, whatever text comes with it', async () => {
    const gateway = await startTrusting();

    const params = { query: '{ host(id: "risky-host") { id } }', extensions: persistedQuery('hash-of-ports') };

    expect(await post(gateway, { ...params, variables })).toEqual({ status: 200, body: answer });
  });

  it('may be a mutation, by POST alone', async () => {
    const gateway = await startTrusting();
    const input = { ignore: true, ports: [{ agentId: 'a', port: 1, protocol: 'TCP' }] };

    const byGet = await get(gateway, { documentId: 'hash-of-ignore', variables: JSON.stringify({ input }) });
    expect(byGet.status).toBe(405);
    expect(gateway.simulator.calls).toEqual([]);

    expect(await post(gateway, { documentId: 'hash-of-ignore', variables: { input } })).toEqual({
      status: 200,
      body: { data: { setPortIgnore: { acceptedCount: 1, rejectedCount: 0 } } },
    });
  });
});

describe('any other document', () => {
  const refuse = (message: string) => ({
    errors: [{ message, extensions: { code: 'PERSISTED_QUERY_REQUIRED' } }],
  });

  const refusal = refuse('This gateway serves only known documents, and this is not one of them.');
  // The message that clients with automatic persisted queries wait for, to send the text.
  const notFound = refuse('PersistedQueryNotFound');

  it.each<readonly [what: string, params: object, body: typeof refusal]>([
    ['a query of its own', { query: '{ host(id: "host-40") { ports { totalCount } } }' }, refusal],
    ['a known text with a blank more', { query: `${portsText} ` }, refusal],
    ['a text beside an unknown hash', { query: '{ __typename }', extensions: persistedQuery('x') }, refusal],
    ['an unknown hash', { extensions: persistedQuery('hash-of-another') }, notFound],
    ['an empty text beside an unknown hash', { query: '', extensions: persistedQuery('x') }, notFound],
    ['an unknown documentId', { documentId: 'hash-of-another' }, notFound],
    ['a hash that is no text', { extensions: persistedQuery(7) }, refusal],
    ['a name of every object', { documentId: '__proto__' }, notFound],
    ['nothing', {}, refusal],
    ['`__typename`', { query: '{ __typename }' }, refusal],
    ['introspection', { query: getIntrospectionQuery() }, refusal],
    ['the SDL', { query: '{ _service { sdl } }' }, refusal],
    ['what is no GraphQL', { query: '{' }, refusal],
  ])('is refused: %s', async (_what, params, body) => {
    const gateway = await startTrusting({ env: { INTROSPECTION: 'true' } });

    expect(await post(gateway, { ...params, variables })).toEqual({ status: 400, body });
    expect(await post(gateway, { ...params, variables }, 'application/json')).toEqual({ status: 200, body });
    expect(gateway.simulator.calls).toEqual([]);
  });

  it('is refused to a GET', async () => {
    const gateway = await startTrusting();

    expect(await get(gateway, { query: '{ __typename }' })).toEqual({ status: 400, body: refusal });
    expect(await get(gateway, { extensions: JSON.stringify(persistedQuery('x')) })).toEqual({
      status: 400,
      body: notFound,
    });
  });

  it.each([null, 7, 'text', [], [{ query: portsText }], { query: 7 }, { extensions: 'x' }, { extensions: null }])(
    'is refused without a bug where the body is %j',
    async (body) => {
      const gateway = await startTrusting();

      const { status, body: answered } = await post(gateway, body);

      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
      expect(answered).toMatchObject({ errors: [{ extensions: { code: expect.any(String) as string } }] });
      expect(gateway.log.filter(({ msg }) => msg === 'bug')).toEqual([]);
      expect(gateway.simulator.calls).toEqual([]);
    },
  );
});

describe('a manifest of another schema', () => {
  const later = {
    'hash-of-owner': 'query Owner($id: ID!) { host(id: $id) { owner } }',
    ...manifest,
    'hash-of-nothing': 'query {',
  };

  const warnings = ({ log }: TestGateway) => log.filter(({ msg }) => msg === 'trusted documents are refused');

  it('is warned of at start, with the first document that is refused and why', async () => {
    const gateway = await startTrusting({}, later);

    expect(warnings(gateway)).toMatchObject([
      {
        refused: 2,
        hash: 'hash-of-owner',
        reason: 'Cannot query field "owner" on type "Host".',
      },
    ]);
  });

  it('serves its other documents', async () => {
    const gateway = await startTrusting({}, later);

    expect(await post(gateway, { documentId: 'hash-of-ports', variables })).toEqual({ status: 200, body: answer });
    expect(await post(gateway, { documentId: 'hash-of-owner', variables })).toMatchObject({
      status: 400,
      body: { errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] },
    });
  });

  it('is told of no document where all can be served', async () => {
    const gateway = await startTrusting();

    expect(warnings(gateway)).toEqual([]);
  });
});

describe('beside trusted documents', () => {
  it('GraphiQL is still served, and so is the health of the gateway', async () => {
    const gateway = await startTrusting({ env: { GRAPHIQL: 'true' } });

    const page = await gateway.fetch('/graphql', { headers: { accept: 'text/html' } });
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await page.text()).toContain('Open ports');
    expect((await gateway.fetch('/health')).status).toBe(200);
    expect((await gateway.fetch('/ready')).status).toBe(200);
  });
});

describe('a manifest that cannot be used', () => {
  it.each<readonly [what: string, content: string | null]>([
    ['is not there', null],
    ['is no JSON', '{'],
    ['is a list', '["query A { __typename }"]'],
    ['holds what is no document', '{"hash":7}'],
    ['is a text', '"{ __typename }"'],
  ])('because it %s is told with all other faults, and ends the process with 1', async (_what, content) => {
    const path = content === null ? '/no/such/file.json' : await writeManifest(content);

    const { code, stderr } = await startProcess({ TRUSTED_DOCUMENTS: path, PORT: 'many', LOG_LEVEL: 'loud' });

    expect(code).toBe(1);
    expect(stderr).toContain('TRUSTED_DOCUMENTS: must map hashes to documents: the path of a readable JSON object');
    expect(stderr).toContain('PORT:');
    expect(stderr).toContain('LOG_LEVEL:');
    expect(stderr).not.toContain(path);
  });
});

async function startProcess(env: Readonly<Record<string, string>>): Promise<{ code: number | null; stderr: string }> {
  const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', main], { env: { PATH: process.env.PATH, ...env } });
  onTestFinished(() => void child.kill());
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const stderr = await text(child.stderr);
  return { code: await ended, stderr };
}
