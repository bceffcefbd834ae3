import {
  DEADLINE,
  type Done,
  type ExchangeRequest,
  GRACE,
  type Handler,
  noTraffic,
  type Outcome,
  type Transport,
} from './transport.ts';
import { asRefusal, refused, TransportError } from './transport-error.ts';

/** The hosts that can reach each other, by address; hosts that share one such map are each other's peers. */
export type DirectNetwork = Map<string, DirectHost>;

/** A host that listens. */
export interface DirectHost {
  /** Applies an exchange; never throws. */
  answer(request: ExchangeRequest): Outcome | Promise<Outcome>;
}

/** An exchange under way. */
interface Flight {
  readonly peer: string;
  readonly done: Done;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** Exchanges within this process, without sockets or copies. */
export function createDirect(network: DirectNetwork, address: string): Transport {
  const flights = new Set<Flight>();
  const inHand = new Set<Promise<Outcome>>();
  let stopping = false;

  function settle(flight: Flight, outcome: Outcome): void {
    if (!flights.delete(flight)) return;
    clearTimeout(flight.timer);
    flight.done(outcome);
  }

  function begin(flight: Flight, request: ExchangeRequest, deadline: number): void {
    if (!flights.has(flight)) return;
    const host = network.get(flight.peer);
    if (host === undefined) {
      settle(flight, new TransportError('unreachable', `no host at ${flight.peer}`, true));
      return;
    }
    const outcome = host.answer(request);
    if (!('then' in outcome)) {
      settle(flight, outcome);
      return;
    }
    const late = new TransportError(
      'timeout',
      `${flight.peer}: no answer within the deadline`,
      true,
    );
    flight.timer = setTimeout(() => settle(flight, late), deadline);
    outcome.then((settled) => settle(flight, settled));
  }

  function endFlights(error: TransportError, peer?: string): void {
    for (const flight of [...flights]) {
      if (peer === undefined || flight.peer === peer) settle(flight, error);
    }
  }

  return {
    traffic: noTraffic(),
    async listen(handler) {
      const answer = answerBy(handler, inHand);
      const stopped = refused('stopping', 'this host is stopping');
      network.set(address, { answer: (request) => (stopping ? stopped : answer(request)) });
      return address;
    },
    send(peer, request, done, deadline = DEADLINE) {
      const flight: Flight = { peer, done, timer: undefined };
      flights.add(flight);
      queueMicrotask(() => {
        if (stopping) settle(flight, closedError());
        else begin(flight, request, deadline);
      });
    },
    disconnect(peer) {
      endFlights(new TransportError('closed', `disconnected from ${peer}`, true), peer);
    },
    async close(grace = GRACE) {
      stopping = true;
      endFlights(closedError());
      let timer: ReturnType<typeof setTimeout> | undefined;
      const over = new Promise((resolve) => {
        timer = setTimeout(resolve, grace);
      });
      await Promise.race([Promise.all(inHand), over]);
      clearTimeout(timer);
      network.delete(address);
    },
  };
}

function closedError(): TransportError {
  return new TransportError('closed', 'this transport was closed', false);
}

/** A handler that never throws and whose promises are counted. */
function answerBy(handler: Handler, inHand: Set<Promise<Outcome>>): DirectHost['answer'] {
  return (request) => {
    try {
      const outcome = handler(request);
      if (!('then' in outcome)) return outcome;
      const counted: Promise<Outcome> = outcome
        .catch(asRefusal)
        .finally(() => inHand.delete(counted));
      inHand.add(counted);
      return counted;
    } catch (thrown) {
      return asRefusal(thrown);
    }
  };
}
