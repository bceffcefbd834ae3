import { countIn, createHistogram, type Histogram } from '../statistics/index.ts';
import type { Transport } from '../transport/index.ts';

/** What exchanges with other hosts have cost. */
export interface RunTraffic {
  /** Bytes written to peers, answers included. */
  readonly sentBytes: number;
  /** Exchanges sent again. */
  readonly retries: number;
  /** Own exchanges by how long they took, in microseconds. */
  readonly latencies: Histogram;
}

/** Measures what goes over a transport: what exchanges take by run, the rest of all runs in hand together. */
export interface TrafficMeter {
  /** A run begins in a lane. */
  begin(lane: number): void;
  /** An exchange of a lane has ended that was sent at this time (performance.now()). */
  onReply(lane: number, sentAt: number): void;
  /** The latencies of a lane's run, and all else, since each was taken before. */
  take(lane: number): RunTraffic;
}

/** A meter of this transport. */
export function createTrafficMeter(transport: Transport): TrafficMeter {
  const histograms: Histogram[] = [];
  let before = { sentBytes: 0, retries: 0 };
  return {
    begin(lane) {
      histograms[lane] = createHistogram();
    },
    onReply(lane, sentAt) {
      countIn(histograms[lane], (performance.now() - sentAt) * 1000);
    },
    take(lane) {
      const { sentBytes, retries } = transport.traffic;
      const taken = {
        sentBytes: sentBytes - before.sentBytes,
        retries: retries - before.retries,
        latencies: histograms[lane],
      };
      before = { sentBytes, retries };
      histograms[lane] = createHistogram();
      return taken;
    },
  };
}
