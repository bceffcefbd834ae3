import { availableParallelism } from 'node:os';
import { Code, ConnectError } from '@connectrpc/connect';
import { GossipError } from '../../errors.ts';
import type { GraphSource } from '../../graph/index.ts';
import { timestamp } from '../../runner/timestamp.ts';
import { createBell } from './bell.ts';
import { fileProblems } from './files.ts';
import { createJob, type Job } from './job.ts';
import type { JobMessage, Jobs, JobsOptions, StartRequest } from './jobs.ts';
import { refuseBeyond } from './limits.ts';
import type { PreparedSimulation } from './prepare.ts';
import { createPreparing } from './preparing.ts';
import { ofRequest, problemsOf, refusal } from './problems.ts';

/** So many that are over can still be seen. */
const MOST_OVER = 20;
/** Graphs of stored simulations in one request. */
const MOST_GRAPHS = 16;
/** A run's history is held in memory until the run is over: what could get larger, in bytes, is not written. */
const LARGEST_HISTORY = 2 ** 28;
const BYTES_A_VALUE = 17;

/** Simulations started here, played in threads, `limits.atOnce` at a time, the others in the order in which they came. */
export function createJobs(options: JobsOptions): Jobs {
  const { limits, notice } = options;
  // One core answers calls.
  const threads = Math.max(1, availableParallelism() - 1);
  const preparing = createPreparing();
  const bell = createBell();
  const graphs = new Map<string, GraphSource>();
  let jobs: Job[] = [];
  let stopped = false;
  let ended = 0;

  const waiting = () => jobs.filter((job) => job.isWaiting());
  const over = () => jobs.filter((job) => job.isOver());
  const free = () => limits.atOnce - (jobs.length - waiting().length - over().length);

  /** Begins those whose turn it is, and forgets those that have been over for long. */
  function proceed(): void {
    if (!stopped) for (const job of waiting().slice(0, Math.max(0, free()))) job.play();
    const old = over().slice(0, -MOST_OVER);
    jobs = jobs.filter((job) => !old.includes(job));
    const known = new Set(jobs.flatMap((job) => job.graphs.map(({ sha256 }) => sha256)));
    for (const sha256 of graphs.keys()) if (!known.has(sha256)) graphs.delete(sha256);
    bell.ring();
    for (const job of waiting()) job.bell.ring();
  }

  /** One that is the same and not over yet. */
  function same({ folder }: PreparedSimulation): Job | undefined {
    return jobs.find((job) => job.folder === folder && !job.isOver());
  }

  function add(prepared: PreparedSimulation): Job {
    const nodes = Math.max(...prepared.graphs.map(({ source }) => source.graph.nodeCount));
    const isLarge = nodes * prepared.maxRounds * BYTES_A_VALUE > LARGEST_HISTORY;
    const { results, environment, strategies } = options;
    const job = createJob(
      prepared,
      {
        results,
        // That of the process itself cannot be sent to a thread by Deno.
        environment: { ...environment },
        strategies,
        jobs: threads,
        history: isLarge ? 'none' : null,
        timestamp: timestamp(new Date()),
      },
      { onChange: bell.ring, notice },
    );
    jobs.push(job);
    for (const { sha256, source } of prepared.graphs) graphs.set(sha256, source);
    void job.over.then(() => {
      ended++;
      proceed();
    });
    return job;
  }

  /** How many are played before this one, which waits. */
  function before(job: Job): number {
    const playing = limits.atOnce - free();
    return playing + Math.max(0, waiting().indexOf(job));
  }

  function list(): JobMessage[] {
    const current = jobs.filter((job) => !job.isOver());
    return [...current, ...over()].map((job) => job.message(before(job)));
  }

  function find(id: string): Job {
    const job = jobs.find((job) => job.id === id);
    if (job !== undefined) return job;
    throw new ConnectError(
      'no simulation of this id was started here, or it has been over for long: its results are in its folder',
      Code.NotFound,
    );
  }

  function refuseStopped(): void {
    if (stopped) throw new ConnectError('this server stops', Code.Unavailable);
  }

  async function storedGraphs(wanted: StartRequest['graphs']): Promise<GraphSource[]> {
    const places = new Map(
      wanted.map((place) => [JSON.stringify([place.folder, place.graph]), place]),
    );
    if (places.size > MOST_GRAPHS) {
      throw refusal([
        ofRequest(`${places.size} stored graphs are asked for: at most ${MOST_GRAPHS} at once`),
      ]);
    }
    try {
      return await Promise.all(
        [...places.values()].map(({ folder, graph }) => options.graphOf(folder, graph)),
      );
    } catch (error) {
      if (!(error instanceof GossipError) || error.code !== 'input') throw error;
      throw refusal(problemsOf(error, []));
    }
  }

  return {
    list,
    graphs,
    ended: () => ended,
    async start({ files, examples, graphs: stored, onlyCheck }) {
      refuseStopped();
      const wrong = fileProblems(files);
      if (wrong.length > 0) throw refusal(wrong);
      const prepared = await preparing.prepare({
        files: files.map(({ name, content }) => ({ name, content })),
        examples,
        graphs: await storedGraphs(stored),
        strategies: options.strategies,
        jobs: threads,
      });
      if ('problems' in prepared) throw refusal(prepared.problems);
      const { simulations, warnings } = prepared;
      refuseStopped();
      const added = simulations.filter((simulation) => same(simulation) === undefined).length;
      refuseBeyond(limits, simulations, Math.max(0, waiting().length + added - free()));
      if (onlyCheck) return { jobs: simulations.map(checked), warnings: [...warnings] };
      const started = simulations.map((simulation) => same(simulation) ?? add(simulation));
      proceed();
      return { jobs: started.map((job) => job.message(before(job))), warnings: [...warnings] };
    },
    async *watch(signal) {
      signal.addEventListener('abort', bell.ring);
      try {
        while (!signal.aborted && !stopped) {
          const rung = bell.next();
          yield { jobs: list() };
          await rung;
        }
      } finally {
        signal.removeEventListener('abort', bell.ring);
      }
    },
    async *follow(id, signal) {
      const job = find(id);
      yield* job.follow(() => before(job), signal);
    },
    async cancel(id) {
      const job = find(id);
      job.cancel();
      await job.over;
    },
    async stop() {
      stopped = true;
      preparing.stop();
      for (const job of jobs) job.cancel();
      bell.ring();
      await Promise.all(jobs.map((job) => job.over));
    },
  };
}

/** What would be started. */
function checked({ name, folder, algorithm, graphs, runs }: PreparedSimulation): JobMessage {
  return { name, folder, algorithm, graphs: graphs.map(({ source }) => source.name), runs };
}
