import assert from 'node:assert/strict';
import { contentHash, wordsOfHash } from '../src/graph/index.ts';
import { createHost, type HostConfiguration } from '../src/host/index.ts';
import { configureRequest } from '../src/runner/configure-request.ts';
import type { RemoteProcess } from '../src/runner/remote-host.ts';
import { benchGraph } from './workload.ts';

const NODES = 100;
/** A run is begun anew after so many rounds, so that what a host remembers of it stays small. */
const ROUNDS = 20;

/** A simulation that one process plays, as two hosts that exchange over TCP. */
export interface Playing {
  /** Plays the next round; throws where it is not the one that memory plays. */
  play(): Promise<void>;
}

/** Configures the process and begins. */
export async function beginPlaying(
  { client, peerAddress }: RemoteProcess,
  token: string,
): Promise<Playing> {
  const graph = benchGraph(NODES);
  const configuration: HostConfiguration = {
    graph,
    graphWords: wordsOfHash(contentHash(graph)),
    seed: 1,
    weights: null,
    memory: 'none',
    priorPartnerFactor: 1,
    aggregate: 'mean',
    schedule: 'ascending',
    start: { kind: 'random' },
    redraw: 'graph',
    tolerance: 0,
  };
  const nodes = [
    { first: 0, end: NODES / 2 },
    { first: NODES / 2, end: NODES },
  ];
  const peers = nodes.map((range) => ({ nodes: range, address: peerAddress }));
  await client.configure({ ...configureRequest(configuration, 1, token), nodes, peers });
  const local = createHost();
  await local.configure(configuration);
  let repetition = 0;
  let round = ROUNDS;
  return {
    async play() {
      if (round === ROUNDS) {
        round = 0;
        await local.reset(++repetition);
      }
      round++;
      const { rounds } = await client.play({
        epoch: 1n,
        repetition,
        firstRound: round,
        rounds: 1,
        start: round === 1 ? Array.from(await local.values()) : [],
      });
      await local.play(round);
      assert.deepEqual(rounds[0].values, Array.from(await local.values()));
    },
  };
}
