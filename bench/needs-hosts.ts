/** The memory of a host's process: it holds the whole graph, and plays some of its nodes. On Linux. */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { contentHash, wordsOfHash } from '../src/graph/index.ts';
import type { HostConfiguration, MemoryKind } from '../src/host/index.ts';
import { configureRequest } from '../src/runner/configure-request.ts';
import { hostBytes } from '../src/runner/needs-pods.ts';
import { runsFor } from '../src/runner/process-player.ts';
import { startProcesses } from '../src/runner/processes.ts';
import { benchGraph, DEGREE, randomWeights } from './workload.ts';

/** A host to measure, in a graph of degree 8. */
interface Case {
  readonly nodes: number;
  readonly nodesPerHost: number;
  readonly memory: MemoryKind;
  readonly weighted: boolean;
}

const ROUNDS = 8;
const REPETITIONS = 2;
const MEBIBYTE = 2 ** 20;

/** Prints what the process of one host takes, once it is there, when it was configured, and when it has played. */
export async function hosts(program: readonly string[]): Promise<void> {
  console.log('\nMemory of a host, MiB: its own, and in brackets the most that it ever had');
  console.log(
    'nodes   a host  runs at once  strategy        started      configured          played  planned',
  );
  const plain = { memory: 'none', weighted: false } as const;
  const learning = { memory: 'complex', weighted: true } as const;
  for (const nodes of [1000, 10_000, 100_000]) {
    for (const nodesPerHost of [1, 250, 1000]) {
      await print({ nodes, nodesPerHost, ...plain }, program);
    }
    await print({ nodes, nodesPerHost: 250, ...learning }, program);
  }
}

async function print(one: Case, program: readonly string[]): Promise<void> {
  const { runsAtOnce, moments } = await measure(one, program);
  const texts = moments.map(({ own, most }) =>
    `${(own / MEBIBYTE).toFixed(1)} (${(most / MEBIBYTE).toFixed(1)})`.padStart(16),
  );
  const { nodes, nodesPerHost, memory } = one;
  const graph = { nodes, edges: (nodes * DEGREE) / 2 };
  texts.push((hostBytes(graph, nodesPerHost) / MEBIBYTE).toFixed(1).padStart(9));
  const strategy = memory === 'none' ? 'default' : 'complex memory';
  console.log(
    `${String(nodes).padEnd(8)}${String(nodesPerHost).padEnd(8)}${String(runsAtOnce).padEnd(14)}${strategy.padEnd(14)}${texts.join('')}`,
  );
}

/** One process is the host, another holds all other nodes. */
async function measure(
  { nodes, nodesPerHost, memory, weighted }: Case,
  program: readonly string[],
) {
  const settings = { nodesPerHost, processes: Number.POSITIVE_INFINITY, runsAtOnce: null };
  const runsAtOnce = runsFor(nodes, settings);
  const started = await startProcesses(2, { commandOf: () => program });
  try {
    const [{ client, peerAddress }, rest] = started.remotes;
    const moments = [memoryOf(started.pids[0])];
    const graph = benchGraph(nodes);
    const configuration: HostConfiguration = {
      graph,
      graphWords: wordsOfHash(contentHash(graph)),
      seed: 1,
      weights: weighted ? randomWeights(graph) : null,
      memory,
      priorPartnerFactor: 0.5,
      aggregate: 'minimum',
      schedule: 'ascending',
      start: { kind: 'random' },
      redraw: 'graph',
      tolerance: 0.001,
    };
    const request = { ...configureRequest(configuration, 1, started.token), runsAtOnce };
    const own = { nodes: { first: 0, end: nodesPerHost }, address: peerAddress };
    const others = [];
    for (let first = nodesPerHost; first < nodes; first += nodesPerHost) {
      const range = { first, end: Math.min(nodes, first + nodesPerHost) };
      others.push({ nodes: range, address: rest.peerAddress });
    }
    await client.configure({ ...request, nodes: [own.nodes], peers: [own, ...others] });
    moments.push(memoryOf(started.pids[0]));
    const other = { nodes: { first: nodesPerHost, end: nodes }, address: rest.peerAddress };
    const all = others.length === 0 ? [client] : [client, rest.client];
    if (others.length > 0) {
      await rest.client.configure({ ...request, nodes: [other.nodes], peers: [own, other] });
    }
    const start = Array.from({ length: nodes }, (_, node) => (node * 7919) % 101);
    for (let repetition = 1; repetition <= REPETITIONS; repetition++) {
      const lanes = Array.from({ length: runsAtOnce }, (_, lane) => lane);
      const play = (lane: number) =>
        all.map((one) =>
          one.play({ epoch: 1n, lane, repetition, firstRound: 1, rounds: ROUNDS, start }),
        );
      await Promise.all(lanes.flatMap(play));
    }
    await sleep(500);
    moments.push(memoryOf(started.pids[0]));
    return { runsAtOnce, moments };
  } finally {
    await started.kill();
  }
}

/** A process's own memory, and the most that it had, in bytes; the program's text, which all share, is in neither. */
export function memoryOf(pid: number): { own: number; most: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const bytes = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)![1]) * 1024;
  return { own: bytes('RssAnon'), most: bytes('VmHWM') - bytes('RssFile') };
}
