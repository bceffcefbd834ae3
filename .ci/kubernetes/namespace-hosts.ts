/** Hosts on machines that are network namespaces: as pods have them, where memory has room. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { HOST_PORT, PEER_PORT } from '../../src/operator/objects/hosts-job.ts';
import { eachAtOnce } from '../../src/runner/each-at-once.ts';
import {
  hostBytes,
  hostResources,
  nodeOptions,
  type PodGraph,
} from '../../src/runner/needs-pods.ts';
import { machineName, onMachine } from './machines.ts';

export interface HostsToStart {
  /** Of each host. */
  readonly places: readonly Place[];
  /** What they are to play, a node each. */
  readonly graph: PodGraph;
  readonly token: string;
  /** Where what they say goes: a file's descriptor. */
  readonly log: number;
}

export interface Place {
  readonly machine: number;
  readonly address: string;
}

/** A process to start, with one host or more. */
interface Command {
  readonly machine: number;
  readonly args: readonly string[];
  readonly options?: string;
}

/** Hosts of a process that has several. */
const SHARED = 50;
/** Bytes that are left free: for the runner, for processes that hosts share, and for everything else on the machine. */
const RESERVE = 5 * 2 ** 30;
/** Two cores wake so many processes in turn within the deadlines of calls. */
const MOST_ALONE = 250;
const STARTED_AT_ONCE = 8;
const GIBIBYTE = 2 ** 30;

/** Starts the hosts, and says how many have a process of their own: the first ones. Gives the processes of those. */
export async function startHosts({ places, graph, token, log }: HostsToStart): Promise<number[]> {
  const room = freeMemory() - RESERVE;
  const each = hostBytes(graph, 1);
  const alone = Math.max(1, Math.min(places.length, MOST_ALONE, Math.floor(room / each)));
  const options = nodeOptions(hostResources(graph).limits.memory);
  const commands = [
    ...places.slice(0, alone).map((place) => ({ ...place, args: likeAPod(place), options })),
    ...shared(places.slice(alone)),
  ];
  const begin = performance.now();
  const started: ChildProcess[] = [];
  await eachAtOnce(commands.entries(), STARTED_AT_ONCE, async ([index, command]) => {
    started[index] = await start(command, token, log);
  });
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  const others = alone === places.length ? '' : `; the others share processes, ${SHARED} each`;
  console.log(
    `      ${(room / GIBIBYTE).toFixed(1)} GiB have room for ${alone} of ${places.length} hosts in processes of their own${others}: ${commands.length} processes, started in ${seconds} s`,
  );
  return started.slice(0, alone).map(({ pid }) => pid!);
}

function freeMemory(): number {
  return Number(/^MemAvailable:\s+(\d+)/m.exec(readFileSync('/proc/meminfo', 'utf8'))![1]) * 1024;
}

/** What a host's pod runs. */
function likeAPod({ address }: Place): string[] {
  const ports = ['--port', String(HOST_PORT), '--peer-port', String(PEER_PORT)];
  return ['dist/bin/gossip.js', 'node', '--with-parent', '--host', address, ...ports];
}

function shared(places: readonly Place[]): Command[] {
  const program = fileURLToPath(new URL('hosts-at.ts', import.meta.url));
  const commands: Command[] = [];
  for (const [machine, here] of Map.groupBy(places, ({ machine }) => machine)) {
    for (let first = 0; first < here.length; first += SHARED) {
      const addresses = here.slice(first, first + SHARED).map(({ address }) => address);
      commands.push({ machine, args: [program, ...addresses] });
    }
  }
  return commands;
}

/** A process that listens. It leaves when this one does. */
async function start(
  { machine, args, options }: Command,
  token: string,
  log: number,
): Promise<ChildProcess> {
  const [command, ...rest] = [...onMachine(machineName(machine)), process.execPath, ...args];
  const env = { ...process.env, GOSSIP_TOKEN: token, ...(options && { NODE_OPTIONS: options }) };
  const child = spawn(command, rest, { env, stdio: ['pipe', 'pipe', log] });
  const left = once(child, 'exit').then(([code]) => {
    throw new Error(`a process of hosts left with ${code}`);
  });
  await Promise.race([once(child.stdout!, 'data'), left]);
  // It may leave once all is played.
  left.catch(() => {});
  return child;
}
