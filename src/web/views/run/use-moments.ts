import { useEffect, useState } from 'preact/hooks';
import type { HistoryPlace, KnownHistory } from '../../history.ts';
import { useInUrl } from '../../use-in-url.ts';
import type { Exchanges } from './exchanges.ts';
import { type Position, positionChanges } from './run-params.ts';
import { type CountOf, inRange, stepExchange, type Way } from './stepping.ts';
import { useExchanges } from './use-exchanges.ts';
import { type Playback, type Stride, usePlayback } from './use-playback.ts';

/** The moments of a run: which is looked at, and how to get to the others. */
export interface Moments {
  readonly position: Position;
  /** The last round, as far as it is known. */
  readonly last: number;
  move(position: Position): void;
  /** Moves, and plays no more. */
  go(position: Position): void;
  /** Goes to the next exchange, or to the one before, once it is known which that is. */
  goWithin(way: Way): void;
  readonly playback: Playback;
  readonly stride: Stride;
  setStride(stride: Stride): void;
  readonly countOf: CountOf;
  /** Those of the round that is looked at, where the moment is within it and they are there. */
  readonly exchanges: Exchanges | undefined;
  /** Why exchanges cannot be seen, in words. */
  readonly problem: string | undefined;
}

/** Graphs of no more nodes are over in few rounds: they are played exchange by exchange. */
const FEW_NODES = 100;
/** The exchanges of a round of more nodes are too many to be sent. */
const MOST_NODES = 200_000;

export function useMoments(
  known: KnownHistory,
  place: HistoryPlace,
  nodes: number,
  start: Position,
): Moments {
  const { isWhole } = known;
  const { beginning, rounds } = known.decoder;
  const last = beginning?.lastRound ?? rounds.at(-1)?.round ?? 0;
  const [named, move] = useInUrl('run', start, positionChanges);
  const [wanted, setStride] = useState<Stride>(nodes <= FEW_NODES ? 'exchanges' : 'rounds');
  // A step that waits for how many exchanges there are.
  const [pending, setPending] = useState<Way | null>(null);

  const isDetailed =
    nodes <= FEW_NODES || wanted === 'exchanges' || named.exchange !== null || pending !== null;
  const isAsked = isWhole && isDetailed && nodes <= MOST_NODES;
  const replayed = useExchanges(place, isAsked ? roundsNear(named, last) : []);
  const problem = nodes > MOST_NODES ? 'there are too many nodes' : replayed.problem;
  const countOf = (round: number) => replayed.of(round)?.initiators.length ?? null;
  const position = isWhole ? inRange(named, last, countOf) : named;
  const stride = problem === undefined ? wanted : 'rounds';
  const playback = usePlayback({ position, move, last, isWhole, stride, countOf });

  const step = (way: Way) =>
    problem === undefined ? stepExchange(position, way, last, countOf) : position;
  useEffect(() => {
    const next = pending === null ? null : step(pending);
    if (next === null) return;
    setPending(null);
    move(next);
  });
  return {
    position,
    last,
    move,
    go(next) {
      playback.pause();
      move(next);
    },
    goWithin(way) {
      playback.pause();
      const next = step(way);
      if (next === null) setPending(way);
      else move(next);
    },
    playback,
    stride,
    setStride,
    countOf,
    exchanges: position.exchange === null ? undefined : replayed.of(position.round),
    problem,
  };
}

/** The rounds whose exchanges are looked at, or soon will be. */
function roundsNear({ round }: Position, last: number): number[] {
  return [...new Set([Math.max(1, round), round + 1])].filter((one) => one <= last);
}
