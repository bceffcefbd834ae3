import { availableParallelism, totalmem } from 'node:os';
import { Command } from 'commander';
import { inputError } from '../errors.ts';
import {
  createMeasurer,
  type Limits,
  type Needs,
  needsOf,
  refuseOnProcesses,
  type SimulationPlan,
  sizesOf,
  tryRounds,
  type Way,
} from '../runner/index.ts';
import { askedFor } from './asked.ts';
import { integerFlag, numberFlag, quantityFlag } from './flags.ts';
import { repetitionOf } from './from-manifest.ts';
import { deploymentFlags, KUBERNETES_ONLY, refuseOnKubernetes } from './on-kubernetes-flags.ts';
import { needsText } from './plan-text.ts';
import { processesOf, type WhereFlags, whereOptions } from './run.ts';
import type { RunFlags } from './run-flags.ts';
import { runOptions } from './run-options.ts';

interface PlanFlags extends RunFlags, WhereFlags {
  readonly mostPods?: number;
  readonly machines?: number;
  readonly cpu?: number;
  readonly memory?: number;
}

const BAD_INPUT = 2;
/** Flags that speak of a cluster alone. */
const ROOM = ['mostPods', 'machines', 'cpu'] as const;

/** `gossip plan [PATH…]`: what `gossip run` with the same flags would need, and whether that fits. */
export function planCommand(done: (code: number) => void): Command {
  const command = new Command('plan')
    .description('say what simulations will need before they run: pods, memory, time …')
    .argument('[path...]', 'files and folders, as of gossip run, whose flags it takes');
  return whereOptions(runOptions(command))
    .optionsGroup('What there is room for:')
    .option('--most-pods <n>', 'on kubernetes: pods at once', integerFlag(1, 1e9))
    .option(
      '--machines <n>',
      'on kubernetes: machines that pods are shared out to (as many as hold 110 each)',
      integerFlag(1, 1e6),
    )
    .option('--cpu <cores>', 'on kubernetes: cores in all', numberFlag)
    .option('--memory <bytes>', 'such as 16Gi (on memory and processes all there is)', quantityFlag)
    .action(async (paths: string[], flags: PlanFlags) => {
      const isGiven = (flag: string) => command.getOptionValueSource(flag) === 'cli';
      done(await plan(paths, flags, isGiven));
    });
}

/** A simulation, and how it would be played. */
interface Planned {
  readonly plan: SimulationPlan;
  readonly way: Way;
}

async function plan(
  paths: readonly string[],
  flags: PlanFlags,
  isGiven: (flag: string) => boolean,
): Promise<number> {
  refuse(flags, isGiven);
  const limits = await limitsOf(flags);
  const all: { readonly name: string; readonly on: Way['on']; readonly needs: Needs }[] = [];
  const texts: string[] = [];
  for (const { plan, way } of await plannedOf(paths, flags)) {
    const quiet = { jobs: flags.jobs, exact: true, notice: () => {} };
    const measurer = createMeasurer({ ...quiet, sample: flags.sample ?? null });
    const sizes = sizesOf(plan, flags.history ?? null);
    const needs = needsOf(sizes, way, limits, await tryRounds(plan, measurer));
    all.push({ name: plan.name, on: way.on, needs });
    texts.push(needsText(sizes, way, needs));
  }
  if (flags.format === 'json') {
    const simulations = all.map(({ name, on, needs }) => ({ name, on, ...needs }));
    console.log(JSON.stringify({ simulations }, null, 2));
  } else console.log(texts.join('\n\n'));
  return all.every(({ needs }) => needs.problems.length === 0) ? 0 : BAD_INPUT;
}

/** What is asked for, and how each is to be played. Throws GossipError `input` where it cannot be. */
async function plannedOf(paths: readonly string[], flags: PlanFlags): Promise<Planned[]> {
  if (flags.from !== undefined) {
    const { plan } = await repetitionOf(flags.from, paths, flags);
    return [{ plan, way: localWay([plan], flags) }];
  }
  const asked = await askedFor(paths, flags);
  if (flags.on === 'kubernetes') {
    return asked.map(({ plan, simulation }) => {
      const deployment = { ...simulation.deployment, ...deploymentFlags(flags) };
      return { plan, way: { on: 'kubernetes', deployment } };
    });
  }
  const plans = asked.map(({ plan }) => plan);
  const way = localWay(plans, flags);
  return plans.map((plan) => ({ plan, way }));
}

function localWay(plans: readonly SimulationPlan[], flags: PlanFlags): Way {
  const settings = processesOf(flags, () => {});
  if (settings === null) return { on: 'memory', jobs: flags.jobs };
  refuseOnProcesses(plans, settings);
  const { nodesPerHost, processes, runsAtOnce } = settings;
  return { on: 'processes', cores: availableParallelism(), nodesPerHost, processes, runsAtOnce };
}

async function limitsOf(flags: PlanFlags): Promise<Limits> {
  const { on, mostPods: pods, machines, cpu, memory } = flags;
  if (on !== 'kubernetes') return { memory: memory ?? totalmem() };
  const limits = { pods, machines, cpu, memory };
  if (flags.namespace === undefined && flags.context === undefined) return limits;
  // Loaded here alone: it is large.
  const { quotasOfFlags } = await import('./plan-quotas.ts');
  return { ...limits, quotas: await quotasOfFlags(flags) };
}

/** Refuses flags that say nothing here, or not with these. */
function refuse(flags: PlanFlags, isGiven: (flag: string) => boolean): void {
  if (flags.resume)
    throw inputError('--resume goes with gossip run: a plan is of all that a simulation takes');
  if (flags.format === 'csv')
    throw inputError('--format csv goes with gossip run: give table or json');
  if (flags.on === 'kubernetes') {
    refuseOnKubernetes(flags, isGiven);
    return;
  }
  const wrong = [...KUBERNETES_ONLY, ...ROOM].find((flag) => flags[flag] !== undefined);
  if (wrong !== undefined) {
    const written = wrong.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw inputError(`--${written} goes with --on kubernetes`);
  }
}
