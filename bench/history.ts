/**
 * What a run's history takes on its way to a page, and how long it takes to play it, to write it, to read it, and to tell
 * a node's story: node bench/history.ts [--nodes N] [--rounds N]. Bytes are the same on every machine; times are this
 * process's processor time, in milliseconds.
 */
import { parseArgs } from 'node:util';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { ReadHistoryResponseSchema } from '../src/gen/gossip/v1/simulation_pb.ts';
import { ring } from '../src/graph/generators/index.ts';
import { type Graph, graphFromEdges } from '../src/graph/index.ts';
import type { HostConfiguration } from '../src/host/index.ts';
import { createHistoryDecoder, createHistoryEncoder, createReplay } from '../src/replay/index.ts';

const { values: flags } = parseArgs({
  options: {
    nodes: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '500' },
  },
});
const nodes = Number(flags.nodes);
const maxRounds = Number(flags.rounds);
/** Of the lattice: 500 rows of 10,000 nodes, so that a value takes hundreds of rounds from end to end. */
const WIDTH = 20;
/** Of gRPC, before each message. */
const PREFIX = 5;

function lattice(): Graph {
  const edges: [number, number][] = [];
  for (let node = 0; node < nodes; node++) {
    if ((node + 1) % WIDTH !== 0 && node + 1 < nodes) edges.push([node, node + 1]);
    if (node + WIDTH < nodes) edges.push([node, node + WIDTH]);
  }
  const ends = (end: 0 | 1) => Uint32Array.from(edges, (edge) => edge[end]);
  return graphFromEdges(nodes, ends(0), ends(1));
}

const BASE: HostConfiguration = {
  graph: lattice(),
  graphWords: [1, 2, 3, 4],
  seed: 42,
  aggregate: 'minimum',
  schedule: 'synchronous',
  start: { kind: 'numbers' },
  redraw: 'graph',
  tolerance: 1e-9,
  weights: null,
  memory: 'none',
  priorPartnerFactor: 1,
};

const CASES: Record<string, Partial<HostConfiguration> & { exact?: boolean }> = {
  'minimum, ring, random, ascending': {
    graph: ring(nodes),
    start: { kind: 'random' },
    schedule: 'ascending',
  },
  'minimum, ring, numbers, synchronous': { graph: ring(nodes) },
  'minimum, lattice, random, shuffled': { start: { kind: 'random' }, schedule: 'shuffled' },
  'minimum, lattice, numbers, shuffled': { schedule: 'shuffled' },
  'minimum, lattice, numbers, synchronous': {},
  'mean in steps, lattice, random': { aggregate: 'mean', start: { kind: 'random' } },
  'mean exactly, lattice, random': { aggregate: 'mean', start: { kind: 'random' }, exact: true },
};

let last = 0;

/** Processor time since this was called last. */
function lap(): string {
  const { user, system } = process.cpuUsage();
  const now = (user + system) / 1000;
  const passed = now - last;
  last = now;
  return passed.toFixed(0).padStart(7);
}

console.log(`${nodes} nodes, ${maxRounds} rounds at most`);
console.log(`${''.padEnd(40)} rounds  changes       bytes   play  write   read  story`);
for (const [name, { exact = false, ...changes }] of Object.entries(CASES)) {
  const host = { ...BASE, ...changes };
  const { aggregate, tolerance } = host;
  const replay = createReplay({ host, maxRounds }, 1);
  lap();
  const rounds: Float64Array[] = [];
  for await (const values of replay.history()) rounds.push(values.slice());
  const times = [lap()];
  const lastRound = rounds.length - 1;
  const encoder = createHistoryEncoder({
    aggregate,
    tolerance,
    start: rounds[0],
    lastRound,
    exact,
  });
  const messages: Uint8Array[] = [];
  for (const [round, values] of rounds.entries()) {
    const full = encoder.add(round, values);
    const part = full ?? (round === lastRound ? encoder.flush() : null);
    if (part === null) continue;
    const response = create(ReadHistoryResponseSchema, { part });
    messages.push(toBinary(ReadHistoryResponseSchema, response));
  }
  times.push(lap());
  const decoder = createHistoryDecoder();
  let changed = 0;
  for (const message of messages) {
    const { part } = fromBinary(ReadHistoryResponseSchema, message);
    decoder.add(part!);
    for (const round of part!.rounds) changed += round.changed.length;
  }
  times.push(lap());
  await replay.node(nodes >> 1, lastRound, String);
  times.push(lap());
  const bytes = messages.reduce((sum, message) => sum + message.length + PREFIX, 0);
  const figures = `${`${lastRound}`.padStart(6)} ${`${changed}`.padStart(8)} ${`${bytes}`.padStart(11)}`;
  console.log(`${name.padEnd(40)} ${figures}${times.join('')}`);
}
