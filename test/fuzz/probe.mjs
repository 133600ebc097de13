/**
 * Loaded into a gateway's process before it: tells how long its event loop stood, in milliseconds of CPU, so that a busy
 * machine does not count, and how long a fixed piece of work takes on this machine.
 */
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { setInterval } from 'node:timers';
import { setTimeout as sleep } from 'node:timers/promises';

const beatMs = 5;
let stallMs = 0;
let rssMiB = 0;
let last = { at: performance.now(), cpu: process.cpuUsage() };

setInterval(() => {
  const at = performance.now();
  const used = process.cpuUsage(last.cpu);
  // The process's other threads collect garbage and compile, so that CPU alone may be more than the loop took.
  stallMs = Math.max(stallMs, Math.min(at - last.at, (used.user + used.system) / 1000));
  rssMiB = Math.max(rssMiB, process.memoryUsage.rss() / 2 ** 20);
  last = { at, cpu: process.cpuUsage() };
}, beatMs).unref();

/** Reading a body of 1 MiB, ten times. */
function calibrate() {
  const body = JSON.stringify({
    query: 'x'.repeat(2 ** 19),
    ids: Array.from({ length: 2 ** 15 }, (_, id) => `host-${id}`),
  });
  const started = process.cpuUsage();
  for (let time = 0; time < 10; time++) JSON.parse(body);
  const used = process.cpuUsage(started);
  return (used.user + used.system) / 1000;
}
calibrate();
const calibrationMs = Math.min(calibrate(), calibrate(), calibrate());

process.on('message', async () => {
  // The beat after what was asked for.
  await sleep(2 * beatMs);
  process.send({ stallMs, rssMiB, calibrationMs });
  stallMs = 0;
  rssMiB = 0;
});
process.channel.unref();
// Nobody asks any more.
process.on('disconnect', () => process.exit());
