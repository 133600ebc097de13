import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { OpenPortsDocument, SetPortIgnoreDocument } from '../../examples/trusted-documents/generated/graphql.ts';
import { sendDocument } from '../../examples/trusted-documents/send-document.ts';
import { startGateway } from '../support/gateway.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(root, 'examples/trusted-documents');
const manifest = join(folder, 'generated/persisted-documents.json');
const env = { TRUSTED_DOCUMENTS: manifest, NODE_ENV: 'production' };

describe('the generated client of examples/trusted-documents', () => {
  it('is what graphql-codegen makes of today’s schema and documents', async () => {
    // Beside a copy of the schema, as the example lies in the repository.
    const copy = await mkdtemp(join(tmpdir(), 'codegen-'));
    onTestFinished(() => rm(copy, { recursive: true }));
    const work = join(copy, 'examples/trusted-documents');
    await mkdir(work, { recursive: true });
    await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
    await copyFile(join(root, 'api.graphql'), join(copy, 'api.graphql'));
    for (const name of ['codegen.yml', 'ports.graphql']) await copyFile(join(folder, name), join(work, name));

    const cli = join(root, 'node_modules/.bin/graphql-codegen');
    await run(process.execPath, [cli, '--config', 'codegen.yml'], { cwd: work });

    const committed = (await readdir(join(folder, 'generated'))).toSorted();
    expect((await readdir(join(work, 'generated'))).toSorted()).toEqual(committed);
    for (const name of committed) {
      const [made, kept] = await Promise.all(
        [work, folder].map((place) => readFile(join(place, 'generated', name), 'utf8')),
      );
      // Drifted? In that folder: npx graphql-codegen --config codegen.yml
      expect(kept, name).toBe(made);
    }
  });

  it('gets typed data by hash from a gateway that serves nothing else', async () => {
    const gateway = await startGateway({ env });
    const caller = { url: gateway.url, token: 'token' };

    const { host } = await sendDocument(caller, OpenPortsDocument, { hostId: 'risky-host', limit: 1 });
    const [ftp] = host!.ports!.nodes;
    expect(ftp).toMatchObject({ port: 21, protocol: 'TCP', status: 'DANGER', executablePath: '/usr/sbin/vsftpd' });
    const { setPortIgnore } = await sendDocument(caller, SetPortIgnoreDocument, { ignore: true, portIds: [ftp!.id] });

    expect(setPortIgnore?.results).toEqual([{ portId: ftp!.id, outcome: 'ACCEPTED', error: null }]);
    expect(gateway.simulator.calls.map(({ method }) => method)).toEqual(['GET', 'POST']);
    const other = await gateway.query('{ __typename }');
    expect(other.errors![0]!.extensions).toMatchObject({ code: 'PERSISTED_QUERY_REQUIRED' });
  });

  it('tells of an error by its code', async () => {
    const gateway = await startGateway({ env });

    const answer = sendDocument({ url: gateway.url, token: '' }, OpenPortsDocument, { hostId: 'risky-host' });

    await expect(answer).rejects.toThrow('UNAUTHENTICATED');
    expect(gateway.simulator.calls).toEqual([]);
  });

  it('prints a list of ports as the README has it', async () => {
    const gateway = await startGateway({ env });

    const { stdout } = await run(process.execPath, ['--import', 'tsx', 'list-ports.ts', 'risky-host'], {
      cwd: folder,
      env: { PATH: process.env.PATH, GATEWAY_URL: gateway.url, TOKEN: 'token' },
    });

    expect(stdout).toContain('23\tTCP\tDANGER\t/usr/sbin/telnetd\n');
    expect(stdout).toMatch(/8 open ports\n$/);
  });
});
