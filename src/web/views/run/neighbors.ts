import type { GetNodeResponse } from '../../../gen/gossip/v1/simulation_pb.ts';

/** What a node and one of its neighbors have to do with each other. */
export interface NeighborRow {
  readonly node: number;
  readonly name: string;
  readonly weight: number;
  /** With which it is picked next, 0..1. */
  readonly chance: number;
  /** Exchanges that the node initiated, and the neighbor. */
  readonly asked: number;
  readonly answered: number;
  /** Of their last exchange; null: they have not met. */
  readonly lastRound: number | null;
}

/** A node's neighbors, those that are picked most likely first, then in their order. */
export function neighborRows({
  neighbors,
  meetings,
}: Pick<GetNodeResponse, 'neighbors' | 'meetings'>): NeighborRow[] {
  const met = new Map(meetings.map((meeting) => [meeting.node, meeting]));
  // Scaled, as the sum of large numbers may be beyond the greatest.
  const greatest = neighbors.reduce((most, { weight }) => Math.max(most, weight), 0);
  const sum = neighbors.reduce(
    (so, { weight }) => so + (greatest === 0 ? 1 : weight / greatest),
    0,
  );
  return neighbors
    .map(({ node, name, weight }) => ({
      node,
      name,
      weight,
      chance: (greatest === 0 ? 1 : weight / greatest) / sum,
      asked: met.get(node)?.initiated ?? 0,
      answered: met.get(node)?.answered ?? 0,
      lastRound: met.get(node)?.lastRound ?? null,
    }))
    .sort((a, b) => b.chance - a.chance || a.node - b.node);
}
