import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

export interface CertificateAuthority {
  /** Path of its certificate, as NODE_EXTRA_CA_CERTS takes it. */
  readonly file: string;
  /** A certificate for a name or address; one of -1 days has expired. */
  readonly issue: (subject: string, days?: number) => Certificate;
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** A certificate authority that nobody trusts unless told to. It is made by OpenSSL, whose command must be there. */
export function createAuthority(): CertificateAuthority {
  const directory = mkdtempSync(join(tmpdir(), 'hss-ca-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const openssl = (...args: string[]): unknown => execFileSync('openssl', args, { cwd: directory, stdio: 'ignore' });
  openssl('req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=test-ca', '-days', '1');
  return {
    file: join(directory, 'ca.pem'),
    issue(subject, days = 1) {
      const name = /^[\d.]+$/.test(subject) ? `IP:${subject}` : `DNS:${subject}`;
      openssl(
        'req',
        ...newKey,
        '-keyout',
        'key',
        '-out',
        'csr',
        '-subj',
        '/CN=hss',
        '-addext',
        `subjectAltName=${name}`,
      );
      openssl(
        'x509',
        '-req',
        '-in',
        'csr',
        '-CA',
        'ca.pem',
        '-CAkey',
        'ca.key',
        '-CAcreateserial',
        '-out',
        'cert',
        '-days',
        String(days),
        '-copy_extensions',
        'copy',
      );
      return { key: readFileSync(join(directory, 'key'), 'utf8'), cert: readFileSync(join(directory, 'cert'), 'utf8') };
    },
  };
}
