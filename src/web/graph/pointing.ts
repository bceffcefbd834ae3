/** A point of a drawn graph, in the units of its nodes' coordinates. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The node nearest to a point, of those that are within their reach of it; null: there is none. */
export function nodeAt(
  { x, y }: Point,
  places: { readonly x: ArrayLike<number>; readonly y: ArrayLike<number> },
  reaches: ArrayLike<number>,
  perReach: number,
): number | null {
  let nearest: number | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (let node = 0; node < places.x.length; node++) {
    const away = (places.x[node] - x) ** 2 + (places.y[node] - y) ** 2;
    if (away < least && away <= (reaches[node] * perReach) ** 2) {
      nearest = node;
      least = away;
    }
  }
  return nearest;
}
