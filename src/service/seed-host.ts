import { Code, ConnectError } from '@connectrpc/connect';
import type { Address } from '../transport/address.ts';
import { type Counters, createCounters } from './counters.ts';
import type { Log } from './log.ts';
import type { SeedNode } from './seed-node.ts';
import { exchangeWith } from './seed-peer.ts';

/** A node that does what its runner says, one thing after the other. Errors are for the runner: ConnectErrors. */
export interface SeedHost {
  readonly node: SeedNode;
  readonly counters: Counters;
  /** Aborted as soon as the host is told to stop. */
  readonly stopping: AbortSignal;
  /**
   * One exchange with a chosen neighbor. A neighbor that cannot be reached is logged and changes nothing. Throws
   * `aborted` where the neighbor may have taken part without an answer, `unavailable` when stopping.
   */
  gossip(): Promise<void>;
  /** Throws `unavailable` when stopping. */
  reset(): Promise<void>;
  /** Refuses all orders but the one in hand, if any; resolves when it is done. */
  stop(): Promise<void>;
}

/** More orders than any runner gives at once. */
const MOST_ORDERS = 1000;

/**
 * Makes a host of a node.
 *
 * An exchange that the node initiates is finished before it begins another. While it waits for the answer it still
 * answers others: two nodes that initiate to each other at once would else wait for each other without end. That does
 * no harm to what they hold, since the least of several values is the same in any order, and it never happens where a
 * runner drives one node at a time.
 *
 * @param addressOf where the node of a name listens to its peers
 * @param deadline for one exchange, in milliseconds
 */
export function createSeedHost(
  node: SeedNode,
  addressOf: (name: string) => Address,
  deadline: number,
  log: Log,
): SeedHost {
  const stopping = new AbortController();
  const counters = createCounters();
  let orders = 0;
  let last: Promise<void> = Promise.resolve();

  function refuseIfStopping(): void {
    if (stopping.signal.aborted) throw new ConnectError('the node is stopping', Code.Unavailable);
  }

  function inTurn(order: () => Promise<void> | void): Promise<void> {
    refuseIfStopping();
    if (orders === MOST_ORDERS) {
      throw new ConnectError(`${orders} calls wait already`, Code.ResourceExhausted);
    }
    orders++;
    const done = last
      .then(() => {
        refuseIfStopping();
        return order();
      })
      .finally(() => orders--);
    last = done.catch(() => {});
    return done;
  }

  async function exchange(): Promise<void> {
    const partner = node.pick();
    const message = () => ({ name: node.name, value: node.value() });
    const reply = await exchangeWith(addressOf(partner), message, deadline);
    if (reply.kind === 'reply') {
      node.meet(partner, reply.message.value);
      counters.initiated++;
      return;
    }
    const { kind, reason } = reply;
    counters[kind]++;
    log(kind === 'lost' ? 'an exchange was lost' : 'a neighbor is unreachable', {
      partner,
      reason,
    });
    if (kind === 'lost') {
      throw new ConnectError(
        `the exchange of ${node.name} with ${partner} was lost, ${reason}: whether ${partner} took part is not known, so play the run again`,
        Code.Aborted,
      );
    }
  }

  return {
    node,
    counters,
    stopping: stopping.signal,
    gossip: async () => inTurn(exchange),
    reset: async () => inTurn(() => node.reset()),
    stop() {
      stopping.abort();
      return last;
    },
  };
}
