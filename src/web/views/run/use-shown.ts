import { useMemo, useRef } from 'preact/hooks';
import { Aggregate } from '../../../gen/gossip/v1/host_pb.ts';
import { createPaint, markHolding, type Paint, paintOf, type Scale } from '../../graph/paint.ts';
import type { KnownHistory } from '../../history.ts';
import type { Exchanges } from './exchanges.ts';
import type { Position } from './run-params.ts';
import { valuesAt } from './shown-values.ts';

/** A moment of a run as it is drawn. */
export interface Shown {
  /** By node; the same array at all moments. */
  readonly values: Float64Array;
  readonly paint: Paint;
  readonly scale: Scale;
  readonly final: number;
  readonly isMean: boolean;
  /** How many nodes hold the final value, or, for mean, are within the tolerance of it. */
  readonly holding: number;
  readonly spread: number;
}

/** What nodes hold at a moment, and how they look; null while nothing is known of the run. */
export function useShown(
  known: KnownHistory,
  nodes: number,
  position: Position,
  exchanges: Exchanges | undefined,
  atOnce: boolean,
): Shown | null {
  const room = useRef({ values: new Float64Array(0), paint: createPaint(0) });
  const { round, exchange } = position;
  return useMemo(() => {
    const { decoder } = known;
    const { beginning, rounds } = decoder;
    if (beginning === null || rounds.length === 0 || beginning.nodes !== nodes) return null;
    if (room.current.values.length !== nodes) {
      room.current = { values: new Float64Array(nodes), paint: createPaint(nodes) };
    }
    const { values } = room.current;
    valuesAt(decoder, position, exchanges, atOnce, values);
    const isMean = beginning.aggregate === Aggregate.MEAN;
    const scale = { low: beginning.least, high: beginning.greatest };
    const paint = paintOf(values, scale, null, room.current.paint);
    // Within a round of mean, as it was before: what is within the tolerance is counted after rounds only.
    const over = exchange === null ? round : round - 1;
    const figures = rounds.findLast((one) => one.round <= over);
    const { final } = beginning;
    const holding = markHolding(
      values,
      final,
      isMean ? (figures?.holding ?? 0) : null,
      paint.ringed,
    );
    return { values, paint, scale, final, isMean, holding, spread: figures?.spread ?? 0 };
  }, [known, nodes, round, exchange, exchanges, atOnce]);
}
