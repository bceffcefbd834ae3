import type { ExchangeReply, ExchangeRequest, Handler, Outcome } from './transport.ts';
import { refused, TransportError } from './transport-error.ts';

/**
 * The memory by which a partner applies each exchange once: of every initiator, the name of its last exchange and the
 * reply. A node initiates one exchange after the other, so it can repeat no other than the last.
 */
export interface Ledger {
  /**
   * Forgets all, and takes requests of this epoch only.
   *
   * @param nodeCount of the graph: initiators beyond it are unknown
   */
  begin(epoch: number, nodeCount: number): void;
  /**
   * Has a new exchange applied, answers a repeated one as before, refuses one older than the last. An exchange that
   * `apply` refuses, or over which it throws, counts as never sent.
   */
  answer(request: ExchangeRequest, apply: Handler): Outcome | Promise<Outcome>;
}

interface Entry {
  repetition: number;
  round: number;
  turn: number;
  /** null before the exchange is applied. */
  reply: ExchangeReply | Promise<Outcome> | null;
}

/** A ledger that takes no requests before its first `begin`. */
export function createLedger(): Ledger {
  const entries = new Map<number, Entry>();
  let epoch = -1;
  let nodes = 0;

  function refusal(request: ExchangeRequest): TransportError | null {
    if (request.epoch < epoch) {
      return refused('old-epoch', `epoch ${request.epoch} is over, this is ${epoch}`);
    }
    if (request.epoch > epoch) {
      return refused('not-configured', `epoch ${request.epoch} has not begun here`);
    }
    if (request.initiator >= nodes) {
      return refused(
        'unknown-node',
        `node ${request.initiator} is not one of the graph's ${nodes}`,
      );
    }
    return null;
  }

  function applyOnce(
    entry: Entry,
    request: ExchangeRequest,
    apply: Handler,
  ): Outcome | Promise<Outcome> {
    const outcome = apply(request);
    if (outcome instanceof TransportError) return outcome;
    entry.reply = outcome;
    if (!('then' in outcome)) return outcome;
    const settle = (reply: ExchangeReply | null) => {
      // A later exchange of the initiator, or a new epoch, may have taken the place.
      if (entry.reply === outcome) entry.reply = reply;
    };
    outcome.then(
      (settled) => settle(settled instanceof TransportError ? null : settled),
      () => settle(null),
    );
    return outcome;
  }

  return {
    begin(newEpoch, nodeCount) {
      epoch = newEpoch;
      nodes = nodeCount;
      entries.clear();
    },
    answer(request, apply) {
      const no = refusal(request);
      if (no !== null) return no;
      let entry = entries.get(request.initiator);
      if (entry === undefined) {
        entry = { repetition: 0, round: 0, turn: 0, reply: null };
        entries.set(request.initiator, entry);
      }
      const order = compare(request, entry);
      if (order < 0) {
        return refused(
          'stale',
          `node ${request.initiator} has made a later exchange than ${request.repetition}/${request.round}/${request.turn}`,
        );
      }
      if (order === 0 && entry.reply !== null) return entry.reply;
      const { repetition, round, turn, reply } = entry;
      rename(entry, request);
      const outcome = applyOnce(entry, request, apply);
      // What was refused was never sent: the exchange before it is still the last.
      if (outcome instanceof TransportError)
        Object.assign(entry, { repetition, round, turn, reply });
      return outcome;
    },
  };
}

function rename(entry: Entry, { repetition, round, turn }: ExchangeRequest): void {
  entry.repetition = repetition;
  entry.round = round;
  entry.turn = turn;
  entry.reply = null;
}

function compare(a: ExchangeRequest, b: Entry): number {
  return a.repetition - b.repetition || a.round - b.round || a.turn - b.turn;
}
