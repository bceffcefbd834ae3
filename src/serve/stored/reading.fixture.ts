import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type Client,
  Code,
  ConnectError,
  createClient,
  createRouterTransport,
} from '@connectrpc/connect';
import * as assert from 'uvu/assert';
import { SimulationService } from '../../gen/gossip/v1/simulation_pb.ts';
import type { GraphSource } from '../../graph/index.ts';
import { runHandlers } from '../../replay/index.ts';
import {
  createMeasurer,
  type FinishedSimulation,
  type HistoryKind,
  planSimulation,
  readResources,
  runSimulations,
  simulationSpec,
} from '../../runner/index.ts';
import { createDirectoryStorage, type Storage } from '../../storage/index.ts';
import { openStrategies, type Strategies } from '../../strategies/index.ts';
import { createCalls } from '../calls.ts';
import { openReading, type ReadingOptions } from './index.ts';

const KARATE = fileURLToPath(new URL('../../../examples/karate.yaml', import.meta.url));

/** For tests: karate club. */
export async function karate(): Promise<GraphSource> {
  return (await readResources([KARATE])).graphs[0];
}

/** For tests: an empty folder, removed afterwards. */
export async function inResults<T>(
  use: (storage: Storage, path: string) => Promise<T>,
): Promise<T> {
  const path = mkdtempSync(join(tmpdir(), 'gossip-'));
  try {
    return await use(createDirectoryStorage(join(path, 'results')), path);
  } finally {
    rmSync(path, { recursive: true });
  }
}

/** How a simulation is played for tests. */
export interface Asked {
  readonly spec?: object;
  readonly graphs?: readonly GraphSource[];
  readonly history?: HistoryKind;
  readonly strategies?: Strategies;
  readonly seed?: number;
}

/** For tests: plays a simulation with `gossip run`'s own means, 6 runs of each execution on karate club, seed 7. */
export async function playInto(
  storage: Storage,
  algorithm: string,
  { spec, graphs, history, strategies = openStrategies(), seed = 7 }: Asked = {},
): Promise<FinishedSimulation> {
  const simulation = {
    name: `club-${algorithm.replaceAll('_', '-')}`,
    place: 'the test',
    spec: simulationSpec.parse({
      graphSelector: { matchLabels: {} },
      algorithm,
      repetitions: 6,
      randomInitialization: true,
      ...spec,
    }),
  };
  const plan = await planSimulation(simulation, graphs ?? [await karate()], strategies, seed);
  const notice = () => {};
  const [finished] = await runSimulations([plan], {
    storage,
    measurer: createMeasurer({ jobs: 1, exact: true, sample: null, notice }),
    jobs: 1,
    processes: null,
    history: history ?? null,
    sample: null,
    timestamp: '2026-11-23-01-02-03',
    signal: new AbortController().signal,
    notice,
    onRun: () => {},
  });
  return finished;
}

/** For tests: what asks the handlers of a storage, as through a server. */
export function reader(
  storage: Storage,
  options: Partial<ReadingOptions> = {},
): Client<typeof SimulationService> {
  const { handlers, openRun } = openReading({
    storage,
    strategies: openStrategies(),
    graphs: new Map(),
    ended: () => 0,
    signal: new AbortController().signal,
    notice: () => {},
    ...options,
  });
  const { interceptor } = createCalls(() => {});
  const transport = createRouterTransport(
    (router) =>
      router.service(SimulationService, { ...handlers, ...runHandlers({ open: openRun }) }),
    { router: { interceptors: [interceptor] } },
  );
  return createClient(SimulationService, transport);
}

/** For tests: that a call is refused, and what it says. */
export async function refused(call: Promise<unknown>, code: Code): Promise<string> {
  const error = await call.then(
    () => assert.unreachable(`${Code[code]} was expected`),
    (error) => ConnectError.from(error),
  );
  assert.is(Code[(error as ConnectError).code], Code[code], String(error));
  return (error as ConnectError).rawMessage;
}
