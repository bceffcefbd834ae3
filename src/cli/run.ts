import { Command } from 'commander';
import { inputError } from '../errors.ts';
import type { ProcessSettings } from '../runner/index.ts';
import { integerFlag } from './flags.ts';
import {
  KUBERNETES_ONLY,
  type KubernetesFlags,
  kubernetesOptions,
  refuseOnKubernetes,
} from './on-kubernetes-flags.ts';
import { play } from './play.ts';
import type { RunFlags } from './run-flags.ts';
import { runOptions, words } from './run-options.ts';

/** What `gossip run` is told of where nodes live, as commander gives it. */
export interface WhereFlags extends KubernetesFlags {
  readonly on: 'memory' | 'processes' | 'kubernetes';
  readonly processes?: number;
  readonly runsAtOnce?: number;
  readonly retries?: number;
}

/** How often a run that failed on other processes is played again. */
export const DEFAULT_RETRIES = 2;
/** Hosts take no more. */
export const MOST_RUNS_AT_ONCE = 64;

/** `gossip run [PATH…]`: plays Simulations on the Graphs they select, or what the flags say on all graphs given. */
export function runCommand(done: (code: number) => void): Command {
  const command = new Command('run')
    .description('play simulations and say how fast a value spreads')
    .argument(
      '[path...]',
      'files and folders: Graph and Simulation resources (YAML), edge lists, adjlist, GEXF, GraphML',
    );
  return whereOptions(runOptions(command)).action(
    async (paths: string[], flags: RunFlags & WhereFlags) => {
      if (flags.on === 'kubernetes') {
        refuseOnKubernetes(flags, (flag) => command.getOptionValueSource(flag) === 'cli');
        const { playOnKubernetes } = await import('./on-kubernetes.ts');
        return done(await playOnKubernetes(paths, flags));
      }
      const wrong = KUBERNETES_ONLY.find((flag) => flags[flag] !== undefined);
      if (wrong !== undefined) throw inputError(`--${wrong} goes with --on kubernetes`);
      done(await play(paths, flags, (_, notice) => processesOf(flags, notice)));
    },
  );
}

/** Adds the options that are WhereFlags: where nodes live. */
export function whereOptions(command: Command): Command {
  command
    .optionsGroup('Where:')
    .addOption(
      words('--on <where>', 'where nodes live', ['memory', 'processes', 'kubernetes']).default(
        'memory',
      ),
    )
    .option(
      '--nodes-per-host <n>',
      'on processes and kubernetes: nodes of each host (1)',
      integerFlag(1, 2 ** 32),
    )
    .option(
      '--processes <p>',
      'on processes: how many share the hosts (one a host)',
      integerFlag(1, 1024),
    )
    .option(
      '--runs-at-once <n>',
      'on processes: how many share them at a time (as many as is fastest)',
      integerFlag(1, MOST_RUNS_AT_ONCE),
    )
    .option(
      '--retries <n>',
      'on processes: how often a run that failed is played again (2)',
      integerFlag(0, 100),
    );
  return kubernetesOptions(command);
}

/** How processes are to be used; null: not at all. Throws GossipError for flags that go with processes alone. */
export function processesOf(
  flags: WhereFlags,
  notice: (text: string) => void,
): ProcessSettings | null {
  const { on, nodesPerHost, processes, runsAtOnce, retries } = flags;
  if (on === 'memory') {
    const given = [nodesPerHost, processes, runsAtOnce, retries];
    if (given.every((flag) => flag === undefined)) return null;
    throw inputError(
      '--nodes-per-host, --processes, --runs-at-once and --retries go with --on processes',
    );
  }
  return {
    nodesPerHost: nodesPerHost ?? 1,
    processes: processes ?? null,
    runsAtOnce: runsAtOnce ?? null,
    retries: retries ?? DEFAULT_RETRIES,
    notice,
  };
}
