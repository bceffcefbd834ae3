/** A runner as the image has it, on a machine that is a network namespace, and what it takes. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Figures, figuresOf } from '../../bench/measured-hosts.ts';
import type { Assignment } from '../../src/runner/assignment.ts';
import { nodeOptions } from '../../src/runner/needs-pods.ts';
import type { RunnerProgress } from '../../src/runner/runner-progress.ts';
import { onMachine, RUNNERS } from './machines.ts';

export interface RunnerToStart {
  readonly assignment: Assignment;
  /** Where there is an API server with the Graph, "host:port". */
  readonly api: string;
  readonly token: string;
  /** The limit of its memory, as its pod has it. */
  readonly memory: string;
  /** For its files. */
  readonly folder: string;
  /** Where what it says goes: a file's descriptor. */
  readonly log: number;
  /** The process of a host, which is looked at as well. */
  readonly host: number;
}

/** What a runner took; times in seconds from its start. */
export interface Played {
  /** All hosts were found, and the first run ended; NaN where that was too soon before the end to be seen. */
  readonly ready: number;
  readonly firstRun: number;
  readonly end: number;
  /** The most that it ever had of each, and the host. */
  readonly most: Figures;
  readonly host: Figures;
}

const PAGES = `http://${RUNNERS.address}:8080/progress`;
/** Milliseconds between two looks. */
const PERIOD = 50;
/** Seconds. */
const PLAYED = 900;

/** Has a runner play. Throws where it does not end well. */
export async function playOn(what: RunnerToStart): Promise<Played> {
  const { assignment, token, memory, folder, log } = what;
  const file = join(folder, 'assignment.json');
  writeFileSync(file, JSON.stringify(assignment));
  const env = {
    ...process.env,
    KUBECONFIG: kubeconfig(what),
    GOSSIP_TOKEN: token,
    GOSSIP_TERMINATION_LOG: join(folder, 'termination-log'),
    NODE_OPTIONS: nodeOptions(memory),
  };
  const program = [process.execPath, 'dist/bin/gossip.js', 'runner', '--assignment', file];
  const [command, ...args] = [...onMachine(RUNNERS.name), ...program];
  const begin = performance.now();
  const seconds = () => (performance.now() - begin) / 1000;
  const runner = spawn(command, args, { env, stdio: ['ignore', log, log] });
  let left: number | null = null;
  const ended = once(runner, 'exit').then(([code]) => {
    left = code ?? -1;
  });
  let [ready, firstRun] = [Number.NaN, Number.NaN];
  let most: Figures = { memory: 0, own: 0, descriptors: 0, sockets: 0 };
  let host = most;
  while (left === null) {
    if (seconds() > PLAYED) throw new Error(`the runner has not ended within ${PLAYED} s`);
    await Promise.race([sleep(PERIOD), ended]);
    const said = await progress();
    if (said === null) continue;
    if (said.hosts > 0 && said.hostsReady === said.hosts && Number.isNaN(ready)) ready = seconds();
    if (said.runsDone > 0 && Number.isNaN(firstRun)) firstRun = seconds();
    most = larger(most, lookAt(runner.pid!) ?? most);
    host = larger(host, lookAt(what.host) ?? host);
  }
  if (left !== 0) throw new Error(`the runner left with ${left}`);
  return { ready, firstRun, end: seconds(), most, host };
}

async function progress(): Promise<RunnerProgress | null> {
  try {
    return (await (await fetch(PAGES)).json()) as RunnerProgress;
  } catch {
    // It begins, or ends.
    return null;
  }
}

/** null: it is ending. */
function lookAt(pid: number): Figures | null {
  try {
    return figuresOf(pid);
  } catch {
    return null;
  }
}

function larger(one: Figures, other: Figures): Figures {
  return {
    memory: Math.max(one.memory, other.memory),
    own: Math.max(one.own, other.own),
    descriptors: Math.max(one.descriptors, other.descriptors),
    sockets: Math.max(one.sockets, other.sockets),
  };
}

/** A file that names the API server. */
function kubeconfig({ api, folder }: RunnerToStart): string {
  const file = join(folder, 'kubeconfig');
  const config = {
    ...{ apiVersion: 'v1', kind: 'Config', 'current-context': 'it' },
    clusters: [{ name: 'it', cluster: { server: `http://${api}` } }],
    users: [{ name: 'it', user: { token: 'of the account' } }],
    contexts: [{ name: 'it', context: { cluster: 'it', user: 'it' } }],
  };
  writeFileSync(file, JSON.stringify(config));
  return file;
}
