import { create } from '@bufbuild/protobuf';
import { Code, ConnectError } from '@connectrpc/connect';
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
  const opened = new Map<string, Promise<OpenedRun>>();
  return {
    at(place) {
      const whole = wholePlace(place);
      const { folder, graph, execution, run } = whole;
      const key = JSON.stringify([folder, graph, execution, run]);
      const found = opened.get(key) ?? open(whole);
      // To the end, as the one asked for last.
      opened.delete(key);
      opened.set(key, found);
      for (const oldest of opened.keys()) if (opened.size > MOST) opened.delete(oldest);
      found.catch(() => {
        if (opened.get(key) === found) opened.delete(key);
      });
      return found;
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
