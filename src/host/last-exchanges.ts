/** An exchange as one of its two nodes saw it. */
export interface LastExchange {
  /** From 1. */
  readonly round: number;
  /** Its place in the round's order, from 0. */
  readonly turn: number;
  readonly other: number;
  /** What the node held before and after; in a synchronous round, at its start and at its end. */
  readonly before: number;
  readonly after: number;
}

/** The last exchange of each of some nodes in a run, for people who look. */
export interface LastExchanges {
  note(
    node: number,
    round: number,
    turn: number,
    other: number,
    before: number,
    after: number,
  ): void;
  /** Null before the node's first. */
  of(node: number): LastExchange | null;
}

/** Room for so many nodes, counted from 0. */
export function createLastExchanges(count: number): LastExchanges {
  const rounds = new Uint32Array(count);
  const turns = new Uint32Array(count);
  const others = new Uint32Array(count);
  const befores = new Float64Array(count);
  const afters = new Float64Array(count);
  return {
    note(node, round, turn, other, before, after) {
      rounds[node] = round;
      turns[node] = turn;
      others[node] = other;
      befores[node] = before;
      afters[node] = after;
    },
    of(node) {
      if (rounds[node] === 0) return null;
      return {
        round: rounds[node],
        turn: turns[node],
        other: others[node],
        before: befores[node],
        after: afters[node],
      };
    },
  };
}
