/**
 * node bench/silent-connections.ts [--connections N] [--rounds N]: opens connections that say nothing (10,000 a port, three
 * times over) to both ports of a host that plays meanwhile. Ends with 1 where the host does not go on playing what memory
 * plays, lets no newcomer in, keeps more of them open than it may, or keeps memory or descriptors when they are gone. On
 * Linux, with at least 3,000 connections and 2 rounds.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createHostClient } from '../src/runner/host-client.ts';
import { createTcp, exchange, type TransportError } from '../src/transport/index.ts';
import { type Figures, figuresOf, type MeasuredHosts, startMeasured } from './measured-hosts.ts';
import { beginPlaying, type Playing } from './playing.ts';
import { startCallers } from './silent-callers.ts';

/** Connections that both ports let be silent, and those that a system hands over before the first of them are closed. */
const MOST_SILENT = 2 * 256;
const MOST_WAITING = 2048;
/** Bytes a connection. One that leaves anything behind leaves a socket, or at least an entry of a table and its key. */
const MOST_HEAP_LEFT = 100;
/** What is outside the heap goes up and down by more. */
const MOST_OWN_LEFT = 1000;
/** How long what has ended may take to be closed, in milliseconds. */
const CLOSING = 15_000;
const NEWCOMER_DEADLINE = 10_000;
/** Rounds played before anything is measured, and between two of them a pause in milliseconds. */
const WARM_UP = 100;
const PAUSE = 5;
const COLUMNS = [
  ['connections', 11],
  ['closed', 8],
  ['descriptors before', 20],
  ['most', 6],
  ['after', 7],
  ['heap MB before', 16],
  ['during', 8],
  ['after', 7],
  ['PSS MB before', 15],
  ['during', 8],
  ['after', 7],
  ['rounds played', 15],
  ['slowest ms', 12],
] as const;

const { values: flags } = parseArgs({
  options: {
    connections: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '3' },
  },
});
const perPort = Number(flags.connections);
const problems: string[] = [];
const hosts = await startMeasured(1);
try {
  const game = await beginPlaying(hosts.remotes[0], hosts.token);
  for (let i = 0; i < WARM_UP; i++) await game.play();
  print(COLUMNS.map(([name]) => name));
  const left: Taken[] = [];
  for (let round = 1; round <= Number(flags.rounds); round++) {
    left.push(await besiege(hosts, game));
  }
  judge(left[0], left[left.length - 1], 2 * perPort * (left.length - 1));
} finally {
  await hosts.kill();
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;

interface Taken extends Figures {
  readonly heap: number;
}

/** One round of it; gives what the host takes after it. */
async function besiege(hosts: MeasuredHosts, game: Playing): Promise<Taken> {
  const [pid] = hosts.pids;
  const [{ client, peerAddress }] = hosts.remotes;
  const addresses = [client.address, peerAddress];
  const before = await look(hosts);
  const callers = startCallers(perPort, addresses);
  let [rounds, slowest, most] = [0, 0, 0];
  while (callers.said() === null) {
    const begin = performance.now();
    await game.play();
    slowest = Math.max(slowest, performance.now() - begin);
    rounds++;
    most = Math.max(most, figuresOf(pid).descriptors);
    await sleep(PAUSE);
  }
  const { opened, closed } = callers.said()!;
  const during = await look(hosts);
  await comeIn(addresses, hosts.token);
  await callers.leave();
  const end = performance.now() + CLOSING;
  while (figuresOf(pid).descriptors > before.descriptors && performance.now() < end) {
    await sleep(100);
  }
  const after = await look(hosts);

  const all = perPort * addresses.length;
  const kept = most - before.descriptors;
  if (opened < all) problems.push(`only ${opened} of ${all} were opened: see \`ulimit -n\``);
  if (kept > MOST_SILENT + MOST_WAITING) problems.push(`${kept} were open at once`);
  if (after.descriptors > before.descriptors) problems.push('not all descriptors were closed');
  print([
    opened,
    closed,
    ...[before.descriptors, most, after.descriptors],
    ...[before.heap, during.heap, after.heap].map((bytes) => (bytes / 2 ** 20).toFixed(2)),
    ...[before.memory, during.memory, after.memory].map((bytes) => (bytes / 2 ** 20).toFixed(0)),
    rounds,
    slowest.toFixed(0),
  ]);
  return after;
}

/** What so many connections have left behind. */
function judge(first: Taken, last: Taken, connections: number): void {
  const heap = (last.heap - first.heap) / connections;
  const own = (last.own - first.own) / connections;
  console.log(
    `bytes a connection that remain after the first round: ${heap.toFixed(1)} of heap, ${own.toFixed(1)} in all`,
  );
  if (heap > MOST_HEAP_LEFT) problems.push(`more than ${MOST_HEAP_LEFT} bytes of heap remain`);
  if (own > MOST_OWN_LEFT) problems.push(`more than ${MOST_OWN_LEFT} bytes in all remain`);
}

async function look(hosts: MeasuredHosts): Promise<Taken> {
  const [pid] = hosts.pids;
  return { heap: await hosts.heapOf(pid), ...figuresOf(pid) };
}

/** A runner and a peer that have not called before are answered, the peer by a refusal: its simulation is long over. */
async function comeIn([address, peerAddress]: readonly string[], token: string): Promise<void> {
  const client = createHostClient(address, token, NEWCOMER_DEADLINE);
  await client.describe({}).finally(client.close);
  const name = { epoch: 0, lane: 0, repetition: 1, round: 1, turn: 0, initiator: 0, partner: 1 };
  const tcp = createTcp({ token, deadline: NEWCOMER_DEADLINE });
  await exchange(tcp, peerAddress, { ...name, value: 0, pickOnly: false })
    .catch((error: TransportError) => {
      if (error.refusal !== 'old-epoch') throw error;
    })
    .finally(() => tcp.close());
}

function print(cells: readonly (string | number)[]): void {
  console.log(cells.map((cell, index) => String(cell).padStart(COLUMNS[index][1])).join(''));
}
