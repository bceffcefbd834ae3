/** What those who follow a simulation in a browser cost it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';
import type { Page } from 'playwright-core';
import { stringify } from 'yaml';
import { SimulationService } from '../../../src/gen/gossip/v1/simulation_pb.ts';
import type { Served } from '../served.ts';
import { workerSeconds } from './threads.ts';

/** What playing took, in seconds: of the processor, of the thread that plays, and on the clock. */
export interface Took {
  readonly processor: number;
  readonly clock: number;
}

/** How often it is looked, in milliseconds. */
const PAUSE = 10;
/** Many pages share few processors. */
const AT_LAST = { timeout: 90_000 };

/** Plays so many long runs of mean on 1,000 nodes, and gives what that took while these pages followed. */
export async function playFollowed(
  served: Served,
  pages: readonly Page[],
  repetitions: number,
): Promise<Took> {
  const client = createClient(SimulationService, createGrpcTransport({ baseUrl: served.url }));
  const start = async (name: string, runs: number) => {
    const content = new TextEncoder().encode(simulation(name, runs));
    const files = [{ name: `${name}.yaml`, content }];
    const { jobs } = await client.startSimulations({ files, examples: ['holme-kim'] });
    return jobs[0].id;
  };
  // What is measured waits behind another until all follow it.
  const before = await start(`before-${played}`, 100_000);
  const id = await start(`followed-${played++}`, repetitions);
  await Promise.all(
    pages.map(async (page) => {
      await page.goto(`${served.url}#/run?job=${id}`);
      await page
        .getByText(/^waits, /)
        .first()
        .waitFor(AT_LAST);
    }),
  );
  const known = workerSeconds(served.pid);
  await client.cancelSimulation({ id: before });
  let took: Took = { processor: 0, clock: 0 };
  let begin = 0;
  for (;;) {
    const threads = [...workerSeconds(served.pid)].filter(([thread]) => !known.has(thread));
    const now = performance.now();
    if (threads.length > 0) {
      begin ||= now;
      const processor = Math.max(...threads.map(([, seconds]) => seconds));
      took = { processor, clock: (now - begin) / 1000 };
    } else if (begin > 0) {
      return took;
    }
    await sleep(PAUSE);
  }
}

/** So that each has a folder of its own. */
let played = 0;

function simulation(name: string, repetitions: number): string {
  return stringify({
    apiVersion: 'gossip.io/v1',
    kind: 'Simulation',
    metadata: { name },
    spec: {
      graphSelector: { matchLabels: { series: 'examples' } },
      aggregate: 'mean',
      repetitions,
      seed: 1,
    },
  });
}
