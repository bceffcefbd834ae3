import { create } from '@bufbuild/protobuf';
import { Code, ConnectError } from '@connectrpc/connect';
import { createCache } from '../cache.ts';
import { type RunPlace, RunPlaceSchema } from '../gen/gossip/v1/simulation_pb.ts';
import type { OpenedRun, OpenRun } from './opened-run.ts';

/** How many runs stay open, those asked for last: people go back and forth between a few. */
const MOST = 8;

/** Runs that are opened once for several callers. */
export interface OpenedRuns {
  /** @throws ConnectError InvalidArgument where no place is given; and what `open` throws */
  at(place: RunPlace | undefined): Promise<OpenedRun>;
}

export function createOpenedRuns(open: OpenRun): OpenedRuns {
  const opened = createCache<OpenedRun>({ most: MOST, weigh: () => 1 });
  return {
    at(place) {
      const whole = wholePlace(place);
      const { folder, graph, execution, run } = whole;
      return opened.get(JSON.stringify([folder, graph, execution, run]), () => open(whole));
    },
  };
}

/** A place with nothing left to be understood. */
export function wholePlace(place: RunPlace | undefined): RunPlace {
  if (place === undefined) {
    throw new ConnectError('no run is named: give its place', Code.InvalidArgument);
  }
  const { folder, graph, execution, run } = place;
  return create(RunPlaceSchema, {
    folder,
    graph,
    execution: execution || 1,
    run: run || 1,
  });
}
