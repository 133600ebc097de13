#!/usr/bin/env node
import process from 'node:process';
import { parseArgs } from 'node:util';
import { version } from './version.ts';

/** `npx hss-open-port-gateway`: main.ts as a command. It takes no options of its own: the environment configures it. */
const usage = `hss-open-port-gateway: a GraphQL gateway for the open ports of Huawei Cloud HSS

  HSS_ENDPOINT=https://hss.<region>.myhuaweicloud.com hss-open-port-gateway
  hss-open-port-gateway                on its embedded HSS simulator, at http://127.0.0.1:4000/graphql

  --help, --version

Everything else is set by environment variables: see "Configuration" in README.md.
`;

function readArguments(): { help?: boolean; version?: boolean } {
  try {
    return parseArgs({ options: { help: { type: 'boolean', short: 'h' }, version: { type: 'boolean' } } }).values;
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${usage}`);
    process.exit(1);
  }
}

const asked = readArguments();
if (asked.help) process.stdout.write(usage);
else if (asked.version) process.stdout.write(`${version}\n`);
else await import('./main.ts');
