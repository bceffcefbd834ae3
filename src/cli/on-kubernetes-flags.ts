import type { Command } from 'commander';
import { inputError } from '../errors.ts';
import type { DeploymentSpec } from '../runner/index.ts';
import { integerFlag } from './flags.ts';
import { words } from './run-options.ts';

/** What `gossip run --on kubernetes` is told beside what is played. */
export interface KubernetesFlags {
  readonly namespace?: string;
  readonly context?: string;
  readonly deployment?: 'hosts' | 'memory';
  readonly parallelism?: number;
  readonly nodesPerHost?: number;
}

/** Flags that go with --on kubernetes alone. */
export const KUBERNETES_ONLY = ['namespace', 'context', 'deployment', 'parallelism'] as const;

/** Flags of what is otherwise played here, and why a cluster is not told so. */
const REFUSED: Readonly<Record<string, string>> = {
  jobs: 'pods play; --parallelism says how many with --deployment memory',
  processes: 'pods play; --nodes-per-host says how many nodes each has',
  runsAtOnce: 'the runner in the cluster finds out what is fastest',
  retries: 'Kubernetes starts again what failed',
  from: 'a manifest is repeated here; name the files that it was made from, with its --seed',
  resume: 'the same command follows a simulation that is there already',
  history: 'a Simulation has no field for it',
  exact: 'a Simulation has no field for it',
  sample: 'a Simulation has no field for it',
};

/** Adds the flags that go with --on kubernetes alone. */
export function kubernetesOptions(command: Command): Command {
  return command
    .option('--namespace <name>', "on kubernetes: where simulations are played (the context's)")
    .option('--context <name>', 'on kubernetes: which of the kubeconfig (its current-context)')
    .addOption(
      words('--deployment <how>', 'on kubernetes: nodes are pods, or pods play whole runs', [
        'hosts',
        'memory',
      ]),
    )
    .option(
      '--parallelism <w>',
      'on kubernetes, with --deployment memory: pods that share out the runs (1)',
      integerFlag(1, 1000),
    );
}

/**
 * Says no to flags that a cluster has no use for. Throws GossipError `input`.
 *
 * @param given whether somebody gave a flag, which may have a default
 */
export function refuseOnKubernetes(flags: object, given: (flag: string) => boolean): void {
  for (const [flag, why] of Object.entries(REFUSED)) {
    if (!Object.hasOwn(flags, flag) || !given(flag)) continue;
    const written = `--${flag.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    throw inputError(`${written} does not go with --on kubernetes: ${why}`);
  }
}

/** What flags say of how a cluster plays. */
export function deploymentFlags(flags: KubernetesFlags): DeploymentSpec {
  const { deployment, parallelism, nodesPerHost } = flags;
  return {
    ...(deployment !== undefined && { deployment }),
    ...(parallelism !== undefined && { parallelism }),
    ...(nodesPerHost !== undefined && { nodesPerHost }),
  };
}
