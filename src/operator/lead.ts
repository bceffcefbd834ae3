import { type Cluster, JOB, type Job, watchAll } from '../kubernetes/index.ts';
import { firstQueued } from './decide/index.ts';
import type { Recorder } from './events.ts';
import { SIMULATION, type Simulation } from './kinds.ts';
import { knownSimulations } from './known-simulations.ts';
import { LABELS, MANAGER, namesOf } from './names.ts';
import { onHosts } from './objects/index.ts';
import type { SeenSimulation } from './observation.ts';
import { isOwner, ownerOf } from './owner.ts';
import { createProgressPolls } from './progress-polls.ts';
import { createQueue } from './queue.ts';
import { reconcile } from './reconcile.ts';
import type { OperatorSettings } from './settings.ts';

/** What a leader works with. */
export interface Leading {
  readonly cluster: Cluster;
  readonly namespaces: readonly string[];
  readonly settings: OperatorSettings;
  readonly recorder: Recorder;
  readonly reconciled: (result: 'done' | 'failed', seconds: number) => void;
  readonly notice: (text: string, fields?: Readonly<Record<string, unknown>>) => void;
}

/** What is known of a leader's work. */
export interface Led {
  /** Whether it knows of all Simulations and Jobs; till then it does nothing. */
  readonly synced: boolean;
  /** Simulations that wait to be looked at. */
  readonly depth: number;
  /** How many Simulations are in each state. */
  states(): Record<string, number>;
  /** Resolves, after the signal, when nothing is under way any more. */
  readonly ended: Promise<void>;
}

/** Brings all Simulations of some namespaces to what they should be, until the signal aborts. */
export function lead(leading: Leading, signal: AbortSignal): Led {
  const { cluster, namespaces, settings, recorder, reconciled, notice } = leading;
  /** One at a time: who may start depends on what was decided for the others. */
  const queue = createQueue({
    workers: 1,
    work,
    onFailure: (key, error, pause) =>
      notice(`${key}: ${(error as Error).message}`, { tryingAgainInSeconds: pause / 1000 }),
  });
  const polls = createProgressPolls(cluster, queue.add, signal);
  const watching = { namespaces, signal, notice };
  const simulations = watchAll<Simulation>(cluster, SIMULATION, {
    ...watching,
    onChange(key, simulation) {
      queue.add(key);
      if (simulation === null) wakeNext();
    },
  });
  const jobs = watchAll<Job>(cluster, JOB, {
    ...watching,
    labels: { [LABELS.managedBy]: MANAGER },
    onChange: (key, job) => {
      const owner = job === null ? owners.get(key) : ownerOf(job);
      if (owner === undefined) return;
      owners.set(key, owner);
      if (job === null) owners.delete(key);
      queue.add(owner);
    },
  });
  const owners = new Map<string, string>();
  const known = knownSimulations(simulations.objects);

  /** Who waits may start when another has; the one behind it is woken then. */
  function wakeNext(): void {
    const next = firstQueued(known.all());
    if (next !== null) queue.add(`${next.namespace}/${next.name}`);
  }

  async function work(key: string): Promise<number | undefined> {
    const begin = performance.now();
    const done = (result: 'done' | 'failed') =>
      reconciled(result, (performance.now() - begin) / 1000);
    try {
      const again = await look(key);
      done('done');
      return again;
    } catch (error) {
      done('failed');
      throw error;
    }
  }

  async function look(key: string): Promise<number | undefined> {
    const resource = known.get(key);
    const simulation = known.seen(key);
    if (resource === null || simulation === null) {
      polls.forget(key);
      return undefined;
    }
    const own = [...jobs.objects.values()].filter((job) => isOwner(simulation, job));
    const observation = {
      simulation,
      jobs: own,
      others: known.all().filter(({ uid }) => uid !== simulation.uid),
      progress: polls.of(key),
      now: new Date(),
      drawnSeed: drawSeed(),
      simulationsAtOnce: settings.simulationsAtOnce,
      results: settings.results,
      installedAt: settings.installedAt,
      answers: {},
    };
    const version = resource.metadata?.resourceVersion ?? '';
    const hands = { cluster, settings, signal };
    const { written, decision } = await reconcile(observation, version, hands, (happening) => {
      recorder.record(resource, happening);
      notice(`${key}: ${happening.message}`, { reason: happening.reason });
    });
    if (written !== null) known.written(key, written);
    const after = known.seen(key) ?? simulation;
    follow(key, after, own);
    if (after.status.state !== simulation.status.state) wakeNext();
    return decision.again;
  }

  /** Asks the runner or the workers of a Simulation that has pods how far they are. */
  function follow(key: string, simulation: SeenSimulation, own: readonly Job[]): void {
    const { status, asked } = simulation;
    const holds = status.state === 'Starting' || status.state === 'Running';
    const { hosts, runner } = namesOf(simulation, status.graphs?.done ?? 0);
    const named = (name: string) => own.find(({ metadata }) => metadata?.name === name);
    const hosted = typeof asked === 'string' || onHosts(asked.deployment);
    const job = named(hosted ? runner : hosts);
    if (!holds) polls.forget(key);
    else if (job !== undefined) polls.follow(key, job);
  }

  async function all(): Promise<void> {
    try {
      await Promise.all([simulations.synced, jobs.synced]);
      synced = true;
      await queue.run(signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    await Promise.all([simulations.ended, jobs.ended]);
  }

  let synced = false;
  return {
    ended: all(),
    get synced() {
      return synced;
    },
    get depth() {
      return queue.depth;
    },
    states() {
      const counts: Record<string, number> = {};
      for (const { status } of known.all()) {
        const state = status.state ?? 'New';
        counts[state] = (counts[state] ?? 0) + 1;
      }
      return counts;
    },
  };
}

/** An integer of 53 bits. */
function drawSeed(): number {
  const [low, high] = crypto.getRandomValues(new Uint32Array(2));
  return (high % 2 ** 21) * 2 ** 32 + low;
}
