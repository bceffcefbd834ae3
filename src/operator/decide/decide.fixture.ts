import type { Job } from '../../kubernetes/index.ts';
import { type DeploymentSpec, simulationSpec } from '../../runner/index.ts';
import type { Acceptance } from '../acceptance.ts';
import { LABELS, namesOf } from '../names.ts';
import { SEED_ANNOTATION, START_ANNOTATION } from '../objects/index.ts';
import type { Decision, Observation, SeenSimulation } from '../observation.ts';
import { decide } from './index.ts';

/** When the worlds of these tests begin. */
export const BEGIN = Date.parse('2026-11-23T06:00:00.000Z');

/** A Simulation that nobody has looked at yet. */
export function simulation(
  name: string,
  deployment: DeploymentSpec = {},
  more: Partial<SeenSimulation> = {},
): SeenSimulation {
  const spec = simulationSpec.parse({ graphSelector: { matchLabels: { series: 's' } } });
  return {
    name,
    namespace: 'n',
    uid: `uid-${name}`,
    generation: 1,
    created: new Date(BEGIN).toISOString(),
    going: false,
    mayPlay: false,
    asked: { spec, deployment },
    status: {},
    ...more,
  };
}

/** What is said where there are graphs of so many nodes each; a run is played on each. */
export function acceptance(...nodes: number[]): Acceptance {
  return {
    accepted: true,
    graphs: nodes.map((count, index) => ({
      name: `g${index}`,
      sha256: 'a'.repeat(64),
      nodes: count,
      edges: count,
    })),
    runs: nodes.length,
    folder: (seed) => `folder-${seed}`,
    message: 'fine',
  };
}

export const over = (type: 'Complete' | 'Failed'): Job['status'] => ({
  conditions: [{ type, status: 'True' }],
});

/**
 * A cluster that has nothing but Simulations and Jobs, and does what is decided. Names of objects are those of `calls`:
 * what was removed and made, in order.
 */
export function world(first: SeenSimulation, settings: Partial<Observation> = {}) {
  const simulations = new Map([[first.name, first]]);
  let jobs: { owner: string; job: Job }[] = [];
  const calls: string[] = [];
  let now = BEGIN;

  function job(owner: SeenSimulation, graph: number, name: string): Job {
    return {
      metadata: {
        name,
        labels: { [LABELS.graph]: String(graph) },
        annotations: {
          [SEED_ANNOTATION]: String(owner.status.seed),
          [START_ANNOTATION]: owner.status.startTime ?? '',
        },
        creationTimestamp: new Date(now).toISOString(),
      },
    };
  }

  function make(owner: SeenSimulation, graph: number): void {
    const { hosts, runner } = namesOf(owner, graph);
    const isHosted =
      typeof owner.asked === 'string' || owner.asked.deployment.deployment !== 'memory';
    for (const name of isHosted ? [hosts, runner] : [hosts]) {
      if (jobs.some((one) => one.job.metadata?.name === name)) continue;
      jobs.push({ owner: owner.name, job: job(owner, graph, name) });
    }
  }

  function remove(names: readonly string[]): void {
    jobs = jobs.filter(({ job: { metadata } }) => !names.includes(metadata?.name ?? ''));
  }

  const self = {
    calls,
    /** Seconds pass; negative: somebody sets the clock back. */
    wait(seconds: number): void {
      now += seconds * 1000;
    },
    add(one: SeenSimulation): void {
      simulations.set(one.name, one);
    },
    get(name = first.name): SeenSimulation {
      return simulations.get(name)!;
    },
    edit(change: Partial<SeenSimulation>, name = first.name): void {
      simulations.set(name, { ...self.get(name), ...change });
    },
    jobs: () => jobs.map(({ job: { metadata } }) => metadata?.name ?? ''),
    /** The Job of the hosts or the runner of a graph, to be told how it fares. */
    setJob(
      kind: 'hosts' | 'runner',
      status: Job['status'],
      { graph = 0, name = first.name, going = false } = {},
    ): void {
      const wanted = namesOf(self.get(name), graph)[kind];
      jobs = jobs.map((one) => {
        if (one.job.metadata?.name !== wanted) return one;
        const metadata = {
          ...one.job.metadata,
          ...(going && { deletionTimestamp: new Date(now).toISOString() }),
        };
        return { ...one, job: { ...one.job, metadata, status } };
      });
    },
    /** All three hosts are there, and the runner. */
    setReady(which: { graph?: number; name?: string } = {}): void {
      self.setJob('hosts', { ready: 3 }, which);
      self.setJob('runner', { ready: 1 }, which);
    },
    removeJob(kind: 'hosts' | 'runner', graph = 0): void {
      remove([namesOf(first, graph)[kind]]);
    },
    /** What is decided for a Simulation now, nothing being done. */
    decide(more: Partial<Observation> = {}, name = first.name): Decision {
      return decide({
        simulation: self.get(name),
        jobs: jobs.filter(({ owner }) => owner === name).map(({ job: one }) => one),
        others: [...simulations.values()].filter((one) => one.name !== name),
        progress: null,
        now: new Date(now),
        drawnSeed: 7,
        simulationsAtOnce: 2,
        results: 's3://simulations',
        installedAt: null,
        answers: {},
        ...settings,
        ...more,
      });
    },
    /** Decides, answering what is asked, and does it. */
    look(answers: Observation['answers'] = {}, more: Partial<Observation> = {}, name = first.name) {
      let decision = self.decide({ ...more, answers: {} }, name);
      const given: Record<string, unknown> = {};
      while (decision.question !== undefined) {
        const { question } = decision;
        if (!Object.hasOwn(answers, question)) throw new Error(`nobody answers ${question}`);
        given[question] = answers[question];
        decision = self.decide({ ...more, answers: given }, name);
      }
      const owner = self.get(name);
      for (const { graph, hosts, runner, policy } of decision.removals) {
        const names = namesOf(owner, graph);
        const removed = [hosts && 'hosts', runner && 'runner', policy && 'policy'];
        calls.push(`remove ${graph}: ${removed.filter(Boolean).join(' ')}`);
        remove([...(hosts ? [names.hosts] : []), ...(runner ? [names.runner] : [])]);
      }
      if (decision.status !== null) self.edit({ status: decision.status }, name);
      if (decision.make !== undefined) {
        calls.push(`make ${decision.make}`);
        make(self.get(name), decision.make);
      }
      return decision;
    },
    /** Looks until nothing changes any more, as after a restart. */
    settle(answers: Observation['answers'] = {}, name = first.name): void {
      for (let looks = 0; looks < 10; looks++) {
        const { status, removals, make: made } = self.look(answers, {}, name);
        if (status === null && removals.length === 0 && made === undefined) return;
      }
      throw new Error('it never settles');
    },
  };
  return self;
}

/** The world of a Simulation on graphs of so many nodes that has been accepted, and whose turn it is. */
export function started(
  nodes: readonly number[],
  deployment: DeploymentSpec = {},
  settings: Partial<Observation> = {},
) {
  const all = world(simulation('a', deployment), settings);
  all.look({ acceptance: acceptance(...nodes) });
  all.look();
  return all;
}
