import type { ConnectRouter } from '@connectrpc/connect';
import { Gossip } from '../gen/gossip/gossip_pb.ts';
import type { SeedHost } from './seed-host.ts';

/**
 * The seed's service, for a node.
 *
 * @param stop called once StopApplication has been asked for; the answer does not wait for it
 */
export function gossipService(router: ConnectRouter, host: SeedHost, stop: () => void): void {
  const { node } = host;
  router.service(Gossip, {
    async reset() {
      await host.reset();
      return {};
    },
    async gossip() {
      await host.gossip();
      return {};
    },
    history() {
      const valueEntries = node
        .history()
        .map((value, participations) => ({ participations, value }));
      return { valueEntries };
    },
    currentValue() {
      return { value: node.value() };
    },
    stopApplication() {
      stop();
      return {};
    },
  });
}
