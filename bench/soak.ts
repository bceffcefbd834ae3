/** Plays for a long time: `npm run bench -- --soak [minutes] [--share cores]`. */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { deriveKey, sequence } from '../src/host/index.ts';
import { createProcessPlayer } from '../src/runner/process-player.ts';
import { collectGarbage } from './collect-garbage.ts';
import { type Figures, figuresOf, type MeasuredHosts, startMeasured } from './measured-hosts.ts';
import { type AtRest, report } from './soak-report.ts';
import { createRuns, type Runs } from './soak-runs.ts';
import { createWatchers } from './watchers.ts';

const NODES_PER_HOST = 5;
const PROCESSES = 4;
/** A watcher comes every so many milliseconds, and stays for at most so many. */
const BETWEEN_WATCHERS = 1000;
const LONGEST_STAY = 20_000;
/** Between two looks at what processes take, in milliseconds. */
const BETWEEN_SAMPLES = 10_000;
/** How long connections without calls are kept, at most, and how long a pause is, in milliseconds. */
const KEEP_ALIVE = 10_000;
const PAUSE = 100;
/** Clock ticks a second, in /proc. */
const TICKS = 100;
/**
 * Plays run after run on processes while watchers come and go, and prints every ten seconds what each process takes.
 *
 * @param share how many cores it may take in the mean; Infinity: all there are
 * @throws Error where memory or open descriptors are not flat, or a run is not the one in memory
 */
export async function soak(minutes: number, share: number): Promise<void> {
  let hosts: MeasuredHosts | null = null;
  const player = createProcessPlayer({
    nodesPerHost: NODES_PER_HOST,
    processes: PROCESSES,
    runsAtOnce: null,
    retries: 0,
    notice: console.log,
    async start(count, signal) {
      hosts = await startMeasured(count, signal);
      return hosts;
    },
  });
  try {
    const runs = createRuns(player);
    await runs.play();
    const isFlat = await soakHosts(hosts!, runs, minutes * 60_000, share);
    if (!isFlat) throw new Error('what is not flat grows');
  } finally {
    await player.close();
  }
}

async function soakHosts(
  hosts: MeasuredHosts,
  runs: Runs,
  duration: number,
  share: number,
): Promise<boolean> {
  const pids = [...hosts.pids, process.pid];
  const begin = performance.now();
  const elapsed = () => performance.now() - begin;
  const used = secondsOf(pids);
  const before = pids.map(figuresOf);
  const samples: (readonly Figures[])[] = [];
  const rests: AtRest[][] = [];
  /** What is taken when the same has been played last. */
  const rest = async () => {
    await runs.play(0);
    const heaps = await Promise.all([...hosts.pids.map(hosts.heapOf), collectGarbage()]);
    rests.push(pids.map((pid, index) => ({ heap: heaps[index], own: figuresOf(pid).own })));
  };
  const watchers = createWatchers(hosts.token);
  const draw = sequence(deriveKey([1]));
  let isOver = false;

  /** Acts every so many milliseconds. */
  const every = async (period: number, act: () => Promise<unknown>) => {
    for (let next = 0; next < duration && !isOver; next += period) {
      await act();
      await sleep(Math.max(0, next + period - elapsed()));
    }
  };
  const come = async () => {
    const { client } = hosts.remotes[Math.floor(draw() * PROCESSES)];
    watchers.come(client.address, draw() * LONGEST_STAY);
  };
  const look = async () => {
    samples.push(pids.map(figuresOf));
    print(elapsed(), samples[samples.length - 1], runs.count, watchers.count);
  };
  const play = async () => {
    while (elapsed() < duration) {
      if (rests.length < 2 && elapsed() >= (duration / 4) * (rests.length + 1)) await rest();
      else if (secondsOf(pids) - used > (share * elapsed()) / 1000) await sleep(PAUSE);
      else await runs.play();
    }
  };

  try {
    await Promise.all([play(), every(BETWEEN_SAMPLES, look), every(BETWEEN_WATCHERS, come)]);
  } finally {
    isOver = true;
  }
  await watchers.gone();
  await sleep(KEEP_ALIVE);
  await rest();
  const after = pids.map(figuresOf);
  const cores = ((secondsOf(pids) - used) / elapsed()) * 1000;
  console.log(
    `${runs.count} runs, all as in memory; ${watchers.count.came} watchers saw ${watchers.count.rounds} rounds; ${cores.toFixed(2)} cores`,
  );
  return report(
    pids.map((_, index) => ({
      name: index < PROCESSES ? `hosts ${index + 1}` : 'runner',
      memory: samples.map((figures) => figures[index].memory),
      atRest: rests.map((moment) => moment[index]),
      descriptors: [before[index].descriptors, after[index].descriptors],
    })),
  );
}

/** Processor time that processes have taken so far, in seconds. */
function secondsOf(pids: readonly number[]): number {
  const ticks = pids.map((pid) => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(fields[11]) + Number(fields[12]);
  });
  return ticks.reduce((sum, count) => sum + count, 0) / TICKS;
}

function print(
  milliseconds: number,
  figures: readonly Figures[],
  runs: number,
  watchers: { readonly present: number; readonly rounds: number },
): void {
  const processes = figures.map(({ memory, descriptors, sockets }) =>
    `${(memory / 2 ** 20).toFixed(1)} MB ${sockets}/${descriptors}`.padStart(17),
  );
  console.log(
    `${(milliseconds / 1000).toFixed(0).padStart(6)} s${String(runs).padStart(8)} runs${String(watchers.present).padStart(4)} watchers ${processes.join('')}`,
  );
}
