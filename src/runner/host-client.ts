import type { MessageInitShape, MessageShape } from '@bufbuild/protobuf';
import { GossipError } from '../errors.ts';
import { HostService, type PlayRequest } from '../gen/gossip/v1/host_pb.ts';
import { Health } from '../gen/grpc/health/v1/health_pb.ts';
import { createCaller, type Stream, type Unary } from './caller.ts';

/** The metadata key under which a caller shows the token of its simulation. */
export const TOKEN_KEY = 'gossip-token';

type Methods = typeof HostService.method;
type Played = MessageShape<Methods['play']['output']>;

/** A host of nodes at an address, by gRPC. Calls throw GossipError `failed` with the address and what it said. */
export interface HostClient {
  readonly address: string;
  /** Whether there is a host that serves: of all calls the one that costs it least, since it loads nothing for it. */
  readonly check: Unary<typeof Health.method.check>;
  readonly describe: Unary<Methods['describe']>;
  readonly configure: Unary<Methods['configure']>;
  /** One request a lane at a time; its deadline is in milliseconds. */
  play(request: MessageInitShape<Methods['play']['input']>, deadline?: number): Promise<Played>;
  readonly stop: Unary<Methods['stop']>;
  /** Ends calls under way and closes the connection. */
  close(): void;
}

interface Waiting {
  readonly resolve: (played: Played) => void;
  readonly reject: (error: Error) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** A client of the host at "host:port", which shows this token. Deadlines are in milliseconds. */
export function createHostClient(address: string, token: string, deadline: number): HostClient {
  const whom = `the host at ${address}`;
  const { unary, stream, close } = createCaller(address, {
    whom,
    metadata: token === '' ? {} : { [TOKEN_KEY]: token },
    deadline,
  });
  const { describe, configure, playEach, stop } = HostService.method;
  /** By lane. */
  const waiting = new Map<number, Waiting>();
  let plays: Stream<Methods['playEach']> | null = null;

  function fail(error: Error): void {
    plays = null;
    for (const { reject, timer } of waiting.values()) {
      clearTimeout(timer);
      reject(error);
    }
    waiting.clear();
  }

  function open(): Stream<Methods['playEach']> {
    return stream(playEach, {
      onAnswer({ lane, played }) {
        const { resolve, timer } = waiting.get(lane) ?? {};
        waiting.delete(lane);
        clearTimeout(timer);
        if (played !== undefined) resolve?.(played);
      },
      onEnd: fail,
    });
  }

  return {
    address,
    check: unary(Health.method.check),
    describe: unary(describe),
    configure: unary(configure),
    play: (play, patience = deadline) =>
      new Promise((resolve, reject) => {
        plays ??= open();
        const timer = setTimeout(() => {
          plays?.cancel();
          fail(new GossipError('failed', `${whom} did not answer Play within ${patience} ms`));
        }, patience);
        waiting.set((play as PlayRequest).lane ?? 0, { resolve, reject, timer });
        plays.write({ play });
      }),
    stop: unary(stop),
    close() {
      plays?.cancel();
      fail(new GossipError('failed', `${whom} was let go of`));
      close();
    },
  };
}
