import type { PeerFrame } from '../gen/gossip/v1/peer_pb.ts';
import type { Connection } from './connection.ts';
import { requestOf, writeRefusal, writeReply } from './frame.ts';
import type { ExchangeRequest, Handler, Outcome } from './transport.ts';
import { asRefusal, garbage, refused, TransportError } from './transport-error.ts';

/** Answers the requests of one connection. */
export interface Answering {
  /** @throws TransportError (`garbage`) where it is no request */
  answer(frame: PeerFrame): void;
  /** The answers cannot be written as fast as they come (true), or can again. */
  full(full: boolean): void;
  /** Refuses what comes from now on, and closes the connection when nothing is in hand. */
  stop(): void;
}

/** @param most requests are in hand at a time; with more the connection is not read until half of them are answered */
export function createAnswering(connection: Connection, handler: Handler, most: number): Answering {
  const stopped = refused('stopping', 'this host is stopping');
  let inHand = 0;
  let full = false;
  let paused = false;
  let stopping = false;

  function apply(request: ExchangeRequest): Outcome | Promise<Outcome> {
    try {
      return stopping ? stopped : handler(request);
    } catch (thrown) {
      return asRefusal(thrown);
    }
  }

  function write(id: number, outcome: Outcome): void {
    if (outcome instanceof TransportError) {
      writeRefusal(connection.frames, id, asRefusal(outcome));
    } else writeReply(connection.frames, id, outcome.value);
    connection.flush();
  }

  function writeLater(id: number, outcome: Outcome): void {
    inHand--;
    write(id, outcome);
    throttle();
    if (stopping && inHand === 0) leave();
  }

  /** Whoever asks faster than he is answered, or does not read the answers, is not read for a while. */
  function throttle(): void {
    const over = full || inHand > (paused ? most / 2 : most);
    if (over === paused) return;
    paused = over;
    connection.pause(paused);
  }

  function leave(): void {
    // Whatever was received has been answered, so what the peer still waits for was not applied.
    writeRefusal(connection.frames, 0, stopped);
    connection.end();
  }

  return {
    answer({ id, body }) {
      if (body.case !== 'request' || id === 0) throw garbage('what is no request was sent');
      const outcome = apply(requestOf(body.value));
      if (!('then' in outcome)) {
        write(id, outcome);
        return;
      }
      inHand++;
      throttle();
      outcome.then(
        (settled) => writeLater(id, settled),
        (thrown) => writeLater(id, asRefusal(thrown)),
      );
    },
    full(now) {
      full = now;
      throttle();
    },
    stop() {
      stopping = true;
      if (inHand === 0) leave();
    },
  };
}
