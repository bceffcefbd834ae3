import { randomUUID } from 'node:crypto';
import { create } from '@bufbuild/protobuf';
import { JobState, RunPlaceSchema } from '../../gen/gossip/v1/simulation_pb.ts';
import { type Bell, createBell } from './bell.ts';
import type { FollowMessage, JobMessage } from './jobs.ts';
import { createLiveRun, NOTHING_READ } from './live-run.ts';
import type { Ending, PlayNews, PlayRequest } from './play.ts';
import { type Playing, startPlaying } from './playing.ts';
import type { PreparedGraph, PreparedSimulation } from './prepare.ts';
import { createRecentRuns } from './recent-runs.ts';
import { FOLLOWERS, UNTAKEN } from './rounds-shown.ts';

/** A simulation that was started: it waits until it is played, and is over in the end. */
export interface Job {
  readonly id: string;
  readonly folder: string;
  readonly graphs: readonly PreparedGraph[];
  /** How it ended, when it is over. */
  readonly over: Promise<Ending>;
  isWaiting(): boolean;
  isOver(): boolean;
  play(): void;
  cancel(): void;
  /** @param before how many are played before it */
  message(before: number): JobMessage;
  /** How it goes, until it is over or the signal aborts. */
  follow(before: () => number, signal: AbortSignal): AsyncGenerator<FollowMessage>;
  /** Rings when those who follow should look. */
  readonly bell: Bell;
}

/** What a job tells. */
export interface JobEvents {
  /** It stands otherwise than before. */
  onChange(): void;
  /** In a sentence, what an operator should know. */
  notice(text: string): void;
}

const ENDED: Readonly<Record<Ending['state'], JobState>> = {
  finished: JobState.FINISHED,
  canceled: JobState.CANCELED,
  failed: JobState.FAILED,
};

/** @param request what is played, but for what the job adds */
export function createJob(
  prepared: PreparedSimulation,
  request: Omit<PlayRequest, 'simulation' | 'seed' | 'graphs' | 'counters'>,
  { onChange, notice }: JobEvents,
): Job {
  const id = randomUUID();
  const { name, folder, algorithm, graphs, runs } = prepared;
  const bell = createBell();
  const live = createLiveRun();
  const recent = createRecentRuns();
  const over = Promise.withResolvers<Ending>();
  const counters = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  let playing: Playing | null = null;
  let state: JobState = JobState.WAITING;
  let problem = '';

  const isOver = () => state > JobState.PLAYING;

  function changed(): void {
    bell.ring();
    onChange();
  }

  function end(ending: Ending): void {
    state = ENDED[ending.state];
    problem = ending.problem;
    if (ending.state === 'failed') notice(`${folder}: ${ending.detail || ending.problem}`);
    over.resolve(ending);
    changed();
  }

  function take(news: PlayNews): void {
    switch (news.kind) {
      case 'notice':
        notice(`${folder}: ${news.text}`);
        break;
      case 'run':
        live.begin({ ...news, place: create(RunPlaceSchema, news.place) });
        break;
      case 'round':
        Atomics.sub(counters, UNTAKEN, 1);
        live.add(news.round, news.values);
        bell.ring();
        break;
      case 'measured':
        state = JobState.PLAYING;
        changed();
        break;
      case 'rows':
        recent.add(news.rows);
        changed();
    }
  }

  function message(before: number): JobMessage {
    return {
      id,
      name,
      folder,
      algorithm,
      graphs: graphs.map(({ source }) => source.name),
      state,
      before: state === JobState.WAITING ? before : 0,
      finished: recent.count,
      runs,
      problem,
    };
  }

  return {
    id,
    folder,
    graphs,
    over: over.promise,
    bell,
    isOver,
    isWaiting: () => state === JobState.WAITING,
    message,
    play() {
      state = JobState.MEASURING;
      const { simulation, seed } = prepared;
      const sources = graphs.map(({ source }) => source);
      playing = startPlaying({ ...request, simulation, seed, graphs: sources, counters }, take);
      void playing.ended.then(end);
      changed();
    },
    cancel() {
      if (isOver()) return;
      if (playing !== null) playing.cancel();
      else end({ state: 'canceled', problem: '', detail: '', cpuSeconds: 0 });
    },
    async *follow(before, signal) {
      let cursor = NOTHING_READ;
      let told = 0;
      signal.addEventListener('abort', bell.ring);
      Atomics.add(counters, FOLLOWERS, 1);
      try {
        while (!signal.aborted) {
          const rung = bell.next();
          const isLast = isOver();
          const read = live.read(cursor);
          cursor = read.cursor;
          const overSince = recent.since(told);
          told = recent.count;
          yield { job: message(before()), runs: overSince, part: read.part ?? undefined };
          if (isLast) return;
          await rung;
        }
      } finally {
        Atomics.sub(counters, FOLLOWERS, 1);
        signal.removeEventListener('abort', bell.ring);
      }
    },
  };
}
