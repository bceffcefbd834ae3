import { Command } from 'commander';
import { inputError } from '../errors.ts';
import { openHosts, type SimulationPlan, stopHosts } from '../runner/index.ts';
import { DEFAULT_RESULTS } from './default-results.ts';
import { integerFlag } from './flags.ts';
import { type ProcessesOf, play } from './play.ts';
import { playSeed } from './play-seed.ts';
import { DEFAULT_RETRIES, MOST_RUNS_AT_ONCE } from './run.ts';
import { type RunFlags, simulationFlags } from './run-flags.ts';
import { runOptions } from './run-options.ts';

interface RunnerFlags extends RunFlags {
  readonly assignment?: string;
  readonly hosts?: string[];
  readonly nodesPerHost?: number;
  readonly runsAtOnce?: number;
  readonly retries?: number;
  readonly stop?: boolean;
  readonly port?: number;
}

/** Where the seed's nodes listen for their runner, and where it puts results. */
const SEED_PORT = 50051;
const SEED_RESULTS = 's3://simulations';
/** Flags that go with --hosts. */
const HOSTS_ONLY = [
  'from',
  'resume',
  'nodesPerHost',
  'runsAtOnce',
  'retries',
  'stop',
  'strategies',
  'exact',
] as const;
/** Flags that go with --assignment, which says all else. */
const WITH_ASSIGNMENT = ['assignment', 'strategies', 'jobs', 'port'];

/**
 * `gossip runner`: plays simulations on hosts that are there already: ours with --hosts, those that an operator has made
 * with --assignment, nodes that speak the seed's wire where the environment is that of the seed's runner.
 */
export function runnerCommand(done: (code: number) => void): Command {
  const command = new Command('runner')
    .description(
      "play simulations on hosts that are there already (gossip node): at --hosts, or, without it, on the nodes that the seed's environment names (SIMULATION, NODES, ADJ_LIST …)",
    )
    .argument('[path...]', 'with --hosts: files and folders, as of gossip run');
  return runOptions(command)
    .optionsGroup('Where:')
    .option('--hosts <host:port,…>', 'hosts without nodes; GOSSIP_TOKEN is shown to them', (text) =>
      text.split(','),
    )
    .option(
      '--nodes-per-host <n>',
      'with --hosts: nodes of each host (shared evenly); an address may hold several hosts',
      integerFlag(1, 2 ** 32),
    )
    .option(
      '--runs-at-once <n>',
      'with --hosts: how many share them at a time (as many as is fastest)',
      integerFlag(1, MOST_RUNS_AT_ONCE),
    )
    .option(
      '--retries <n>',
      'with --hosts: how often a run that failed is played again (2)',
      integerFlag(0, 100),
    )
    .option('--stop', 'with --hosts: tell them to leave when all is played')
    .option(
      '--assignment <file>',
      "in a cluster: an operator's assignment, which says what is played, where, and where results go",
    )
    .option(
      '--port <n>',
      'without --hosts: where nodes listen whose port is not in NODES (50051); with --assignment: where /progress, /metrics and /healthz are (8080)',
      integerFlag(1, 65535),
    )
    .action(async (paths: string[], flags: RunnerFlags, command: Command) =>
      done(await playOn(paths, flags, command)),
    );
}

function playOn(paths: string[], flags: RunnerFlags, command: Command): Promise<number> {
  if (flags.assignment !== undefined) return onAssignment(flags.assignment, paths, flags, command);
  return flags.hosts === undefined ? onSeed(paths, flags) : onHosts(paths, flags);
}

async function onAssignment(
  file: string,
  paths: string[],
  flags: RunnerFlags,
  command: Command,
): Promise<number> {
  const given = command.options.filter(
    (option) =>
      command.getOptionValueSource(option.attributeName()) === 'cli' &&
      !WITH_ASSIGNMENT.includes(option.attributeName()),
  );
  const [wrong] = [...paths, ...given.map(({ long }) => long)];
  if (wrong !== undefined) {
    throw inputError(`${wrong} goes without --assignment, which says all; leave it out`);
  }
  // Loaded here alone: a cluster's runner needs much that others do not.
  const { playAssigned } = await import('./play-assignment.ts');
  return playAssigned(file, flags);
}

async function onHosts(paths: readonly string[], flags: RunnerFlags): Promise<number> {
  const { hosts = [], nodesPerHost, runsAtOnce = null, retries = DEFAULT_RETRIES } = flags;
  const twice = hosts.find((host, index) => hosts.indexOf(host) < index);
  if (twice !== undefined)
    throw inputError(`--hosts: ${twice} is there twice: name each host once`);
  if (flags.port !== undefined) throw inputError('--port goes without --hosts, which have ports');
  const token = process.env.GOSSIP_TOKEN ?? '';
  // Before anything is measured or written.
  await (await openHosts(hosts, token)).kill();
  const processesOf: ProcessesOf = (plans, notice) => ({
    nodesPerHost: nodesPerHost ?? Math.ceil(largestOf(plans) / hosts.length),
    processes: hosts.length,
    runsAtOnce,
    retries,
    notice,
    start: (count, signal) => openHosts(hosts.slice(0, count), token, signal),
  });
  const code = await play(paths, flags, processesOf);
  if (code !== 0 || !flags.stop) return code;
  for (const problem of await stopHosts(hosts, token)) console.error(`gossip: ${problem}`);
  return code;
}

function largestOf(plans: readonly SimulationPlan[]): number {
  return Math.max(
    ...plans.flatMap(({ graphs }) => graphs.map(({ source }) => source.graph.nodeCount)),
  );
}

function onSeed(paths: readonly string[], flags: RunnerFlags): Promise<number> {
  if (process.env.SIMULATION === undefined && process.env.NODES === undefined) {
    throw inputError(
      "gossip runner needs hosts to play on: --hosts host:port,…, or the seed's environment (SIMULATION, NODES …)",
    );
  }
  const others = HOSTS_ONLY.filter((name) => flags[name] !== undefined).map(
    (name) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
  );
  const [wrong] = [...paths, ...simulationFlags({ ...flags, maxRounds: undefined }), ...others];
  if (wrong !== undefined) {
    throw inputError(
      `${wrong} goes with --hosts: without it the environment says what is played; leave it out`,
    );
  }
  const { maxRounds = null, port = SEED_PORT, format } = flags;
  // As the published runner, which has no other place.
  const results = flags.results ?? (process.env.MINIO_ENDPOINT ? SEED_RESULTS : DEFAULT_RESULTS);
  return playSeed({ results, maxRounds, port, format });
}
