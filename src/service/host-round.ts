import type { ShardRound } from '../host/shard.ts';
import type { NodeRange } from '../host/shards.ts';
import type { Configured } from './configuration.ts';

/** A round of a run as one process has seen it, joined over its hosts. */
export interface HostRound {
  readonly epoch: bigint;
  readonly ranges: readonly NodeRange[];
  readonly repetition: number;
  readonly round: number;
  readonly exchanges: number;
  readonly useful: number;
  /** By node, in the order of the ranges. */
  readonly values: Float64Array;
  readonly participations: Uint32Array;
}

/** The round that these parts, one a range, are of. */
export function joinRound(
  { epoch, ranges }: Configured,
  repetition: number,
  round: number,
  parts: readonly ShardRound[],
): HostRound {
  const count = ranges.reduce((sum, { first, end }) => sum + end - first, 0);
  const values = new Float64Array(count);
  const participations = new Uint32Array(count);
  let exchanges = 0;
  let useful = 0;
  let at = 0;
  for (const part of parts) {
    values.set(part.values, at);
    participations.set(part.participations, at);
    at += part.values.length;
    exchanges += part.exchanges;
    useful += part.useful;
  }
  return { epoch, ranges, repetition, round, exchanges, useful, values, participations };
}

/** Where the values of a round have a node; -1 where none of the ranges does. */
export function indexOf(node: number, ranges: readonly NodeRange[]): number {
  let before = 0;
  for (const { first, end } of ranges) {
    if (node >= first && node < end) return before + node - first;
    before += end - first;
  }
  return -1;
}
