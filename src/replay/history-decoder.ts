import { GossipError } from '../errors.ts';
import type { HistoryBeginning, HistoryPart, Round } from '../gen/gossip/v1/simulation_pb.ts';
import { createKeptRounds, type KeptRounds, type RoundFigures, thinned } from './kept-rounds.ts';
import { type Codes, type Scale, scaleOf } from './scale.ts';

/** A history that comes in parts, to be looked at in any order while it comes. */
export interface HistoryDecoder {
  /** Takes the next part; one with a beginning takes the place of all before. Throws GossipError where it is no history. */
  add(part: HistoryPart): void;
  /** Null before the first part. */
  readonly beginning: HistoryBeginning | null;
  /** The rounds there are, ascending; some may be left out. It grows with each part, or is replaced by another array. */
  readonly rounds: readonly RoundFigures[];
  /** By node, after this round or the last before it that there is; valid until the next call. Empty before the first. */
  codes(round: number): Codes;
  /** The value that a code stands for; for steps, the middle of the values that it may stand for. */
  valueOf(code: number): number;
}

/** @param most About how many bytes of rounds are kept: every second is left out, but for the first and last, once they are more */
export function createHistoryDecoder(most = 2 ** 27): HistoryDecoder {
  let beginning: HistoryBeginning | null = null;
  let scale: Scale = scaleOf({ levels: [], least: 0, greatest: 0, exact: true });
  let kept = createKeptRounds();
  let latest: Codes = new Uint8Array(0);

  function begin(next: HistoryBeginning): void {
    beginning = next;
    scale = scaleOf(next);
    kept = createKeptRounds();
    latest = new Uint8Array(0);
  }

  function take(message: Round): void {
    if (beginning === null) throw broken('it has no beginning');
    const { nodes } = beginning;
    const { round, changed, holding, distinct, spread } = message;
    const before = kept.figures.at(-1);
    if (before !== undefined && round <= before.round) {
      throw broken(`round ${round} comes after round ${before.round}`);
    }
    if (before === undefined && changed.length !== nodes) {
      throw broken(`its first round has ${changed.length} of ${nodes} nodes`);
    }
    const codes = message[scale.kind];
    if (codes.length !== changed.length) {
      throw broken(`round ${round} changes ${changed.length} nodes to ${codes.length} values`);
    }
    if (before === undefined) latest = scale.codes(nodes);
    const changedNodes = new Uint32Array(changed.length);
    let node = 0;
    for (let i = 0; i < changed.length; i++) {
      node += changed[i];
      if (node >= nodes || (i > 0 && changed[i] === 0)) {
        throw broken(`round ${round} changes a node that is none`);
      }
      if (scale.kind === 'levels' && codes[i] >= beginning.levels.length) {
        throw broken(`round ${round} has level ${codes[i]} of ${beginning.levels.length}`);
      }
      changedNodes[i] = node;
      latest[node] = codes[i];
    }
    kept.add({ round, holding, distinct, spread }, changedNodes, latest);
    if (kept.bytes > most && kept.figures.length > 2) kept = thinned(kept);
  }

  return {
    add(part) {
      if (part.beginning !== undefined) begin(part.beginning);
      for (const round of part.rounds) take(round);
    },
    get beginning() {
      return beginning;
    },
    get rounds() {
      return kept.figures;
    },
    codes(round) {
      const index = indexOf(kept, round);
      return index < 0 ? latest.subarray(0, 0) : kept.codes(index);
    },
    valueOf: (code) => scale.valueOf(code),
  };
}

/** The index of a round, or of the last before it; -1: none. */
function indexOf({ figures }: KeptRounds, round: number): number {
  let low = -1;
  let high = figures.length;
  while (low + 1 < high) {
    const middle = (low + high) >>> 1;
    if (figures[middle].round <= round) low = middle;
    else high = middle;
  }
  return low;
}

function broken(what: string): GossipError {
  return new GossipError('failed', `what came is not the history of a run: ${what}`);
}
