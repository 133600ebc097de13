import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { startGateway } from '../support/gateway.ts';
import { hostIds, portsOfHosts } from '../support/operations.ts';

const reads = 100;

/** How many operations of 100 reads a caller has waiting for one place before one is refused. */
async function operationsUntilBusy(maxUpstreamReads: number): Promise<number> {
  const env = { HSS_CONNECTIONS: '1', MAX_UPSTREAM_READS: String(maxUpstreamReads) };
  const { query, fetch } = await startGateway({ env, simulator: { latencyMs: 100_000 } });
  const waiting = async (): Promise<number> =>
    Number(/^hss_gateway_upstream_waiting (\d+)$/m.exec(await (await fetch('/metrics')).text())?.[1]);

  for (let sent = 0; ; sent++) {
    let isAnswered = false;
    query(portsOfHosts, { ids: hostIds(reads, `o${sent}-`) }).then(
      () => (isAnswered = true),
      // The gateway is closed while it waits.
      () => null,
    );
    while ((await waiting()) < (sent + 1) * reads - 1) {
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- It changes meanwhile.
      if (isAnswered) return sent;
      await wait(20);
    }
  }
}

describe('the queue for places', () => {
  it.each([
    ['always has room for several operations', 100, 10],
    ['grows with what an operation may read', 400, 20],
  ])('%s: a caller fills half of it', async (_what, maxUpstreamReads, operations) => {
    expect(await operationsUntilBusy(maxUpstreamReads)).toBe(operations);
  });
});
