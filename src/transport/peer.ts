import type { Address } from './address.ts';
import { type Link, type LinkSettings, openLink } from './link.ts';
import type { Done, ExchangeRequest } from './transport.ts';
import type { TransportError } from './transport-error.ts';

/** The pause after a link that was of no use, in milliseconds; twice as long each time, up to the longest. */
const FIRST_PAUSE = 10;
const LONGEST_PAUSE = 1000;

/** A peer as its links come and go: at most one at a time, opened when needed. */
export interface Peer {
  /** @param expires the tick at which the exchange ends as `timeout` */
  send(request: ExchangeRequest, done: Done, expires: number): void;
  /** As of a link. */
  expire(tick: number, patience: number): boolean;
  /** Ends the link, if there is one. */
  disconnect(error: TransportError): void;
  /** Resolves once there is no socket. */
  closed(): Promise<void>;
}

/** The peer at an address, which is looked up each time a link is opened. */
export function createPeer(name: string, address: Address, settings: LinkSettings): Peer {
  const open = new Set<Link>(); // the current one, and those that are not closed yet
  let link: Link | null = null;
  let pause = 0;
  let notBefore = 0;

  function renew(): Link {
    const wait = notBefore - performance.now();
    const renewed = openLink(name, address, wait, settings, () => {
      if (link !== renewed) return; // it was disconnected
      link = null;
      // The next one has to wait if this one was of no use.
      pause = renewed.answered ? 0 : Math.min(LONGEST_PAUSE, Math.max(FIRST_PAUSE, 2 * pause));
      notBefore = performance.now() + pause;
    });
    open.add(renewed);
    renewed.closed.then(() => open.delete(renewed));
    link = renewed;
    return renewed;
  }

  return {
    send(request, done, expires) {
      const current = link ?? renew();
      current.send(request, done, expires);
    },
    expire(tick, patience) {
      let busy = false;
      for (const each of open) busy = each.expire(tick, patience) || busy;
      return busy;
    },
    disconnect(error) {
      const left = link;
      link = null;
      left?.fail(error);
    },
    async closed() {
      await Promise.all(Array.from(open, (each) => each.closed));
    },
  };
}
