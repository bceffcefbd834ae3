/**
 * Opens 10,000 connections that say nothing, round after round, to a host that goes on exchanging with a peer, and prints
 * what that does to its memory and its exchanges: node --expose-gc bench/silent-connections.ts [--rounds N]. Needs
 * `ulimit -n 20000`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createTcp, exchange, parseAddress } from '../src/transport/index.ts';

const COUNT = 10_000;

const { values: flags } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, call: { type: 'string' } },
});

/** Opens the connections and prints how many the host closed. */
async function call(address: string): Promise<never> {
  let opened = 0;
  let closed = 0;
  for (let i = 1; i <= COUNT; i++) {
    const socket = connect(parseAddress(address));
    socket.on('connect', () => opened++);
    socket.on('close', () => closed++);
    socket.on('error', () => {});
    if (i % 100 === 0) await sleep(10);
  }
  await sleep(1000);
  console.log(`${opened} connections opened, ${closed} closed by the host`);
  process.exit();
}

if (flags.call !== undefined) await call(flags.call);
const host = createTcp();
const address = await host.listen(({ value }) => ({ value }));
const peer = createTcp();
const program = [fileURLToPath(import.meta.url), '--call', address];
const runtime = 'Deno' in globalThis ? ['run', '-A'] : [];
for (let round = 1; round <= Number(flags.rounds); round++) {
  const caller = spawn(process.execPath, [...runtime, ...program], { stdio: 'inherit' });
  const ended = once(caller, 'close');
  let exchanges = 0;
  let slowest = 0;
  const request = { epoch: 1, repetition: 1, round, initiator: 0, partner: 1, pickOnly: false };
  while (caller.exitCode === null) {
    const begin = performance.now();
    await exchange(peer, address, { ...request, turn: ++exchanges, value: exchanges });
    slowest = Math.max(slowest, performance.now() - begin);
    await sleep(1);
  }
  await ended;
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  const megabytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MB`;
  console.log(
    `${exchanges} exchanges, the slowest ${slowest.toFixed(1)} ms; ${megabytes(rss)}, ${megabytes(heapUsed)} of them heap in use`,
  );
}
await Promise.all([peer.close(), host.close()]);
