import { Code, ConnectError, type ServiceImpl } from '@connectrpc/connect';
import type { SimulationService } from '../gen/gossip/v1/simulation_pb.ts';
import { explanationOf, neighborsOf } from '../service/node-messages.ts';
import { createBreath } from './breath.ts';
import { createHistoryEncoder, type HistoryEncoder } from './history-encoder.ts';
import type { OpenedRun, OpenRun } from './opened-run.ts';
import { createOpenedRuns, wholePlace } from './opened-runs.ts';
import type { Replay } from './replay.ts';

type RunHandlers = Pick<
  ServiceImpl<typeof SimulationService>,
  'readHistory' | 'getValues' | 'getExchanges' | 'getNode'
>;

/**
 * What SimulationService says of single runs, wherever they come from. Beside what `open` throws: ConnectError
 * InvalidArgument for a node that is none, OutOfRange for a round after the last, FailedPrecondition for what takes playing
 * a run again that cannot be.
 */
export function runHandlers({ open }: { readonly open: OpenRun }): RunHandlers {
  const runs = createOpenedRuns(open);
  return {
    async *readHistory({ place, exact }, { signal }) {
      const run = await runs.at(place);
      const { aggregate, tolerance } = run;
      const lastRound = await lastRoundOf(run, signal);
      const about = { place: wholePlace(place), aggregate, tolerance, lastRound, exact };
      let encoder: HistoryEncoder | null = null;
      let round = 0;
      for await (const values of unhurried(run, signal)) {
        encoder ??= createHistoryEncoder({ ...about, start: values.slice() });
        const part = encoder.add(round++, values);
        if (part !== null) yield { part };
      }
      const part = encoder?.flush() ?? null;
      if (part !== null) yield { part };
    },
    async getValues({ place, round }, { signal }) {
      const run = await runs.at(place);
      const values = await valuesAfter(run, round, signal);
      if (values === null) throw await tooLate(run, round, signal);
      return { values: Array.from(values) };
    },
    async getExchanges({ place, round }, { signal }) {
      const run = await runs.at(place);
      if (round === 0) throw new ConnectError('rounds are counted from 1', Code.InvalidArgument);
      const seen = await replayOf(run).exchanges(round, signal);
      if (seen === null) throw await tooLate(run, round, signal);
      return {
        initiators: Array.from(seen.initiators),
        partners: Array.from(seen.partners),
        initiatorsBefore: Array.from(seen.initiatorsBefore),
        partnersBefore: Array.from(seen.partnersBefore),
        initiatorsAfter: Array.from(seen.initiatorsAfter),
        partnersAfter: Array.from(seen.partnersAfter),
      };
    },
    async getNode({ place, node, round }, { signal }) {
      const run = await runs.at(place);
      const { names } = run;
      if (node >= names.length) {
        throw new ConnectError(
          `there is no node ${node}: they are counted from 0 to ${names.length - 1}`,
          Code.InvalidArgument,
        );
      }
      const replay = replayOf(run);
      const story = await replay.node(node, round, (other) => names[other], signal);
      if (story === null) throw await tooLate(run, round, signal);
      const { values, participations, weights, meetings, choice } = story;
      const named = { graph: replay.configuration.graph, names };
      return {
        node,
        name: names[node],
        values: [...values],
        participations,
        neighbors: neighborsOf(named, node, weights),
        meetings: meetings.map((meeting) => ({ ...meeting, name: names[meeting.node] })),
        choice: choice === null ? undefined : explanationOf(named, node, choice),
      };
    },
  };
}

/** Its history, in which others can run between the rounds. */
async function* unhurried(run: OpenedRun, signal: AbortSignal): AsyncGenerator<Float64Array> {
  const breathe = createBreath(signal);
  for await (const values of run.history(signal)) {
    yield values;
    await breathe();
  }
}

async function lastRoundOf(run: OpenedRun, signal: AbortSignal): Promise<number> {
  if (run.lastRound !== null) return run.lastRound;
  let round = -1;
  for await (const _ of unhurried(run, signal)) round++;
  return round;
}

async function valuesAfter(run: OpenedRun, round: number, signal: AbortSignal) {
  if (!('problem' in run.replay)) return run.replay.values(round, signal);
  let passed = 0;
  for await (const values of unhurried(run, signal)) if (passed++ === round) return values;
  return null;
}

function replayOf({ replay }: OpenedRun): Replay {
  if (!('problem' in replay)) return replay;
  throw new ConnectError(
    `this run cannot be played again: ${replay.problem}`,
    Code.FailedPrecondition,
  );
}

async function tooLate(run: OpenedRun, round: number, signal: AbortSignal): Promise<ConnectError> {
  const last = await lastRoundOf(run, signal);
  return new ConnectError(
    `there is no round ${round}: the run ended after round ${last}`,
    Code.OutOfRange,
  );
}
