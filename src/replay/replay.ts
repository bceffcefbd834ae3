import { createHost, type HostConfiguration } from '../host/host.ts';
import type { Progress } from '../host/progress.ts';
import { createSteps, type RoundExchanges, type Steps } from '../host/steps.ts';
import { createBreath } from './breath.ts';
import { createStoryTeller, type NodeStory, type StoryTeller } from './story.ts';

/** All that a run is played from. */
export interface ReplaySettings {
  readonly host: HostConfiguration;
  /** The run ends after so many rounds at the latest. */
  readonly maxRounds: number;
}

/**
 * A run that is played again from its seed, for people who look. What comes after the last thing asked for costs only the
 * rounds between; going back, or to another node's story, begins anew. What takes long lets others run in between, and
 * throws the signal's reason once it aborts. Calls that come at once are answered one after the other, histories beside
 * them.
 */
export interface Replay {
  readonly configuration: HostConfiguration;
  /** The values of all nodes: those of the start, then after each round to the last; each valid until the next. */
  history(signal?: AbortSignal): AsyncGenerator<Float64Array>;
  /** The values after a round; null where the run ends before it. */
  values(round: number, signal?: AbortSignal): Promise<Float64Array | null>;
  /** The exchanges of a round (from 1); null where the run ends before it. */
  exchanges(round: number, signal?: AbortSignal): Promise<RoundExchanges | null>;
  /** What a node has been through until after a round; null where the run ends before it. */
  node(
    node: number,
    round: number,
    nameOf: (node: number) => string,
    signal?: AbortSignal,
  ): Promise<NodeStory | null>;
}

/** The run of a repetition, counted from 1. */
export function createReplay({ host, maxRounds }: ReplaySettings, repetition: number): Replay {
  let steps: Steps | null = null;
  let story: StoryTeller | null = null;
  let round = 0;
  let isOver = false;
  let last: Promise<unknown> = Promise.resolve();

  /** A run has at least one round, also where all values are alike. */
  const endsAfter = (played: number, { converged }: Progress) =>
    played > 0 && (converged || played >= maxRounds);

  function begin(node: number | null): Steps {
    steps ??= createSteps(host);
    steps.reset(repetition, node);
    story = node === null ? null : createStoryTeller(steps, node);
    round = 0;
    isOver = false;
    return steps;
  }

  /** Plays until after a round, with the story of a node if one is given; null where the run ends before. */
  async function reach(target: number, node: number | null, signal?: AbortSignal) {
    const isHere = steps !== null && round <= target && (node === null || story?.node === node);
    const playing = isHere ? steps! : begin(node ?? story?.node ?? null);
    const breathe = createBreath(signal);
    for (await breathe(); round < target && !isOver; await breathe()) {
      const progress = playing.play(round + 1);
      round++;
      story?.hear(round);
      isOver = endsAfter(round, progress);
    }
    return round === target ? playing : null;
  }

  /** One at a time: each takes the run to another round. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = last.then(work);
    last = done.catch(() => {});
    return done;
  }

  return {
    configuration: host,
    async *history(signal) {
      const own = createHost();
      const breathe = createBreath(signal);
      await own.configure(host);
      let progress = await own.reset(repetition);
      for (let played = 0; ; progress = await own.play(++played)) {
        await breathe();
        yield await own.values();
        if (endsAfter(played, progress)) return;
      }
    },
    values: (target, signal) =>
      inTurn(async () => (await reach(target, null, signal))?.values.slice() ?? null),
    exchanges: (target, signal) =>
      inTurn(async () => {
        const seen = (await reach(target, null, signal))?.exchanges();
        return seen === undefined ? null : copyOf(seen);
      }),
    node: (node, target, nameOf, signal) =>
      inTurn(async () =>
        (await reach(target, node, signal)) === null ? null : story!.tell(nameOf),
      ),
  };
}

/** What is seen is overwritten by the next round. */
function copyOf(seen: RoundExchanges): RoundExchanges {
  return {
    initiators: seen.initiators.slice(),
    partners: seen.partners.slice(),
    initiatorsBefore: seen.initiatorsBefore.slice(),
    partnersBefore: seen.partnersBefore.slice(),
    initiatorsAfter: seen.initiatorsAfter.slice(),
    partnersAfter: seen.partnersAfter.slice(),
  };
}
