import process from 'node:process';
import { OpenPortsDocument } from './generated/graphql.ts';
import { sendDocument } from './send-document.ts';

const [hostId = 'this-machine'] = process.argv.slice(2);
const gateway = {
  url: process.env.GATEWAY_URL ?? 'http://127.0.0.1:4000/graphql',
  token: process.env.TOKEN ?? 'demo-token',
};

const { host } = await sendDocument(gateway, OpenPortsDocument, { hostId, limit: 100 });
// The types match the query: using a field that it does not select is a compile error.
for (const { port, protocol, status, executablePath } of host?.ports?.nodes ?? []) {
  console.log([port, protocol, status, executablePath].join('\t'));
}
console.log(`${host?.ports?.totalCount ?? 0} open ports`);
