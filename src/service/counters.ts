/** How many exchanges a host has seen since it began, by how they went. */
export interface Counters {
  /** Initiated and complete. */
  initiated: number;
  /** Answered as the partner. */
  answered: number;
  /** Initiated, but the partner did not read the message. */
  unreachable: number;
  /** Initiated, and the partner may have taken part or not. */
  lost: number;
  /** Messages of peers that were none. */
  refused: number;
}

/** All zero. */
export function createCounters(): Counters {
  return { initiated: 0, answered: 0, unreachable: 0, lost: 0, refused: 0 };
}
