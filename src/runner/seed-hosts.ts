import { GossipError } from '../errors.ts';
import type { Host } from '../host/host.ts';
import { type Beginning, countHolding, progressOf } from '../host/progress.ts';
import type { SeedClient } from './seed-client.ts';

/** Nodes of the seed's wire, each a host of its own, played as one. */
export interface SeedHosts extends Host {
  /** Exchanges of the run that changed a value; known once `participations` was asked for. */
  readonly useful: number;
  /** Asks all nodes to leave; gives a sentence for each that did not answer. */
  stopAll(): Promise<string[]>;
}

/**
 * The hosts of all nodes of a graph, in the order of play. They take the lesser of two values, know their neighbors,
 * weights and parameters by themselves, and go on to the next run when they are reset. So `configure` is not needed,
 * and the first `reset` asks for the values alone.
 *
 * A run whose nodes did not take part in exactly two exchanges a turn is refused by `participations`: an exchange was
 * lost on the way, or somebody else plays with them.
 */
export function createSeedHosts(nodes: readonly SeedClient[]): SeedHosts {
  let begun = false;
  let round = 0;
  let values = new Float64Array(nodes.length);
  let beginning: Beginning = { values, final: 0, allowed: 0 };
  let useful = 0;

  /** Asks all nodes at once; an error says the round. */
  const all = <T>(call: (node: SeedClient) => Promise<T>) =>
    inRound(() => Promise.all(nodes.map(call)));

  async function inRound<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof GossipError)) throw error;
      throw new GossipError('failed', `round ${round}: ${error.message}`, { cause: error });
    }
  }

  async function look(): Promise<void> {
    values = Float64Array.from(await all((node) => node.currentValue({})), ({ value }) => value);
  }

  const hosts: SeedHosts = {
    get useful() {
      return useful;
    },
    async configure() {},
    async reset() {
      if (begun) await all((node) => node.reset({}));
      begun = true;
      round = 0;
      await look();
      beginning = {
        values,
        final: values.reduce((least, value) => Math.min(least, value)),
        allowed: 0,
      };
      return progressOf('minimum', values, beginning);
    },
    async play(of) {
      round = of;
      for (const node of nodes) await inRound(() => node.gossip({}));
      await look();
      return {
        exchanges: nodes.length,
        useful: 0,
        converged: values.every((value) => value === values[0]),
        holding: countHolding(values, beginning.final),
      };
    },
    async values() {
      return values;
    },
    async participations() {
      const histories = await all((node) => node.history({}));
      useful = 0;
      let sum = 0;
      for (const { valueEntries } of histories) {
        sum += valueEntries.length - 1;
        for (let i = 1; i < valueEntries.length; i++) {
          // Where two values differ, the exchange changes exactly one of them.
          if (valueEntries[i].value !== valueEntries[i - 1].value) useful++;
        }
      }
      const expected = 2 * round * nodes.length;
      if (sum !== expected) {
        throw new GossipError(
          'failed',
          `in ${round} rounds the nodes took part ${sum} times in an exchange, not ${expected} times: ${sum < expected ? 'a neighbor was not reached (their logs say which)' : 'they had played before, or others play with them; start them anew'}`,
        );
      }
      return Uint32Array.from(histories, ({ valueEntries }) => valueEntries.length - 1);
    },
    async stop() {
      await hosts.stopAll();
    },
    async stopAll() {
      const answers = await Promise.allSettled(nodes.map((node) => node.stopApplication({})));
      return answers.flatMap((answer) =>
        answer.status === 'rejected' ? [(answer.reason as Error).message] : [],
      );
    },
  };
  return hosts;
}
