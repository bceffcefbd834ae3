import { countIn, createHistogram, type Histogram } from '../statistics/index.ts';
import type { Transport } from '../transport/index.ts';

/** What the exchanges of a run with other hosts have cost so far. */
export interface RunTraffic {
  /** Bytes written to peers, answers included. */
  readonly sentBytes: number;
  /** Exchanges sent again. */
  readonly retries: number;
  /** Own exchanges by how long they took, in microseconds. */
  readonly latencies: Histogram;
}

/** Measures what goes over a transport run by run. */
export interface TrafficMeter {
  /** A run begins: nothing yet. */
  begin(): void;
  /** An exchange has ended that was sent at this time (performance.now()). */
  onReply(sentAt: number): void;
  read(): RunTraffic;
}

/** A meter of this transport. */
export function createTrafficMeter(transport: Transport): TrafficMeter {
  let latencies = createHistogram();
  let before = { sentBytes: 0, retries: 0 };
  return {
    begin() {
      const { sentBytes, retries } = transport.traffic;
      before = { sentBytes, retries };
      latencies = createHistogram();
    },
    onReply(sentAt) {
      countIn(latencies, (performance.now() - sentAt) * 1000);
    },
    read() {
      const { sentBytes, retries } = transport.traffic;
      return {
        sentBytes: sentBytes - before.sentBytes,
        retries: retries - before.retries,
        latencies,
      };
    },
  };
}
