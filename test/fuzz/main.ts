/**
 * Generated operations against the built gateway: `npm run fuzz -- [seconds, 60] [seed, by chance]`. Ends with 1, and
 * prints the request and how to repeat it, where an answer is neither one of GraphQL nor a clean refusal, where it is a
 * bug or too long, where /health waits for a second, or where the gateway ends.
 */
import assert from 'node:assert/strict';
import process from 'node:process';
import * as fc from 'fast-check';
import { request as send } from 'undici';
import { createDraw } from './draw.ts';
import { judge, resultOf, sendRequest } from './judge.ts';
import { startMeasuredGateway, type MeasuredGateway } from './measured-gateway.ts';
import { drawOperation } from './operation.ts';
import { drawRequest, type GeneratedRequest } from './request.ts';

const seconds = Number(process.argv[2] ?? 60);
const seed = Number(process.argv[3] ?? Math.floor(Math.random() * 2 ** 31));
/** Requests that are under way at once. */
const lanes = 4;
/** How often a request that is answered is sent: the second of its shape makes a template, and the others use it. */
const timesOfDocument = 5;
/** The longest that the event loop may stand, in milliseconds of CPU. */
const maxStallMs = 1_000;

const gateway = await startMeasuredGateway();
const ids = [
  '',
  'host-0',
  'host-1',
  'host-40',
  'host-350',
  'risky-host',
  'x'.repeat(128),
  ...(await readPortIds(gateway)),
];
let sent = 0;
let longestMs = 0;

const anyRequests = fc.gen().map((g) => {
  const draw = createDraw(g);
  return Array.from({ length: lanes }, () => drawRequest(draw, drawOperation(draw, ids)));
});
const answersAll = fc.asyncProperty(anyRequests, async (requests) => {
  await Promise.all(requests.map(sendAndJudge));
  sent += requests.length;
  const { stallMs } = await gateway.measure();
  longestMs = Math.max(longestMs, stallMs);
  assert(stallMs < maxStallMs, `The event loop stood for ${Math.round(stallMs)} ms, for one of:\n${inShort(requests)}`);
  assert.equal((await send(new URL('/health', gateway.url))).statusCode, 200, '/health');
});

const { failed, errorInstance } = await fc.check(answersAll, {
  seed,
  numRuns: Number.MAX_SAFE_INTEGER,
  interruptAfterTimeLimit: seconds * 1000,
  endOnFailure: true,
});
console.log(`${sent} requests of seed ${seed}; the event loop stood for ${Math.round(longestMs)} ms at most.`);
if (sent === 0 || !gateway.isAlive() || gateway.bugs.length > 0 || (failed && errorInstance !== null)) {
  console.error(errorInstance, gateway.isAlive() ? '' : 'The gateway has ended.', gateway.bugs.join('\n'));
  console.error(`To repeat: npm run fuzz -- ${seconds} ${seed}`);
  process.exitCode = 1;
}
await gateway.close();

async function sendAndJudge(request: GeneratedRequest): Promise<void> {
  try {
    const first = await sendRequest(gateway.url, request);
    judge(request, first);
    if (first.status !== 200) return;
    // A document that comes again is not prepared again.
    for (let time = 1; time < timesOfDocument; time++) {
      const again = await sendRequest(gateway.url, request);
      assert.deepEqual(resultOf(again), resultOf(first), 'Another answer to the same request.');
    }
  } catch (cause) {
    throw new Error(inShort(request), { cause });
  }
}

function inShort(value: unknown): string {
  return JSON.stringify(value).slice(0, 4_000);
}

/** Ids of rows and cursors that there are. */
async function readPortIds({ url }: MeasuredGateway): Promise<string[]> {
  const query = '{ host(id: "host-40") { portsConnection(first: 5) { edges { cursor node { id ignoreKey } } } } }';
  const { body } = await sendRequest(url, {
    method: 'POST',
    search: '',
    headers: { 'content-type': 'application/json', 'x-auth-token': 'token' },
    body: JSON.stringify({ query }),
  });
  return [...body.matchAll(/"(?:id|cursor|ignoreKey)":"([^"]+)"/g)].map(([, id]) => id!);
}
