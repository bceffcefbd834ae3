import { setImmediate } from 'node:timers/promises';
import { finalValue } from '../host/aggregate.ts';
import type { Host } from '../host/host.ts';
import { type HistoryWriter, historyWriter } from '../storage/index.ts';
import { type ChangesWriter, changesWriter } from './changes.ts';
import type { RunTiming } from './timings.ts';

/** What a run leaves behind of its rounds: all values each round, what changed, or nothing. */
export type HistoryKind = 'rounds' | 'changes' | 'none';

/** What stays the same over the runs of an execution, beside the host's configuration. */
export interface RunSettings {
  readonly maxRounds: number;
  readonly history: HistoryKind;
  readonly aggregate: 'minimum' | 'maximum' | 'mean';
  /** The values of runs of up to so many rounds are kept for pictures; not given: of none. */
  readonly keptRounds?: number;
  /** The nodes' numbers, for histories. */
  readonly numbers: Float64Array | null;
}

/** How a run went. */
export interface RunOutcome {
  readonly rounds: number;
  readonly converged: boolean;
  /** What all nodes hold in the end (for mean, the mean of what they hold); null where they did not converge. */
  readonly value: number | null;
  readonly exchanges: number;
  /** Exchanges that changed a value. */
  readonly useful: number;
  /** The first round in which 50, 90, 99 % of the nodes hold the final value; null: never. */
  readonly t50: number | null;
  readonly t90: number | null;
  readonly t99: number | null;
  /** Participations a round of the busiest node. */
  readonly maxLoad: number;
  /** The text of the history, in pieces; null where none was asked for. */
  readonly history: Uint8Array[] | null;
  /** From round 0, all values after each round; null where they are not kept. */
  readonly valuesByRound: Float64Array[] | null;
  /** Given where the nodes were in other processes. */
  readonly timing?: RunTiming;
}

/**
 * Told each round of a run as it is played, from 0: the values are valid until it returns. The run waits for it.
 *
 * @param over whether this round is the last
 */
export type OnRound = (round: number, values: Float64Array, over: boolean) => void;

/** How long a run may keep the event loop waiting, in milliseconds. */
const PATIENCE = 50;

/**
 * Plays one repetition on a configured host: rounds until the values agree, or maxRounds. A run has at least one round.
 * Throws the signal's reason where it aborts.
 */
export async function playRun(
  host: Pick<Host, 'reset' | 'play' | 'values' | 'participations'>,
  settings: RunSettings,
  repetition: number,
  signal?: AbortSignal,
  onRound?: OnRound,
): Promise<RunOutcome> {
  let progress = await host.reset(repetition);
  let values = await host.values();
  const { length } = values;
  const writer = writerOf(settings, length);
  writer?.add(values);
  onRound?.(0, values, false);
  const { keptRounds = 0 } = settings;
  let kept = keptRounds > 0 ? [values.slice()] : null;
  const shares = [0.5, 0.9, 0.99].map((share) => Math.ceil(share * length));
  const reached: (number | null)[] = shares.map((share) => (progress.holding >= share ? 0 : null));
  let exchanges = 0;
  let useful = 0;
  let round = 0;
  let breath = performance.now();
  do {
    round++;
    const played = await host.play(round);
    progress = played;
    exchanges += played.exchanges;
    useful += played.useful;
    for (let i = 0; i < shares.length; i++) {
      if (reached[i] === null && played.holding >= shares[i]) reached[i] = round;
    }
    if (round > keptRounds) kept = null;
    if (writer !== null || kept !== null || onRound !== undefined) {
      values = await host.values();
      writer?.add(values);
      kept?.push(values.slice());
      onRound?.(round, values, progress.converged || round === settings.maxRounds);
    }
    if (performance.now() - breath > PATIENCE) {
      await setImmediate();
      signal?.throwIfAborted();
      breath = performance.now();
    }
  } while (!progress.converged && round < settings.maxRounds);
  values = await host.values();
  let busiest = 0;
  for (const count of await host.participations()) busiest = Math.max(busiest, count);
  return {
    rounds: round,
    converged: progress.converged,
    value: progress.converged ? finalValue(settings.aggregate, values) : null,
    exchanges,
    useful,
    t50: reached[0],
    t90: reached[1],
    t99: reached[2],
    maxLoad: busiest / round,
    history: writer === null ? null : writer.pieces(),
    valuesByRound: kept,
  };
}

function writerOf(settings: RunSettings, nodeCount: number): HistoryWriter | ChangesWriter | null {
  if (settings.history === 'none') return null;
  const numbers = settings.numbers ?? Float64Array.from({ length: nodeCount }, (_, node) => node);
  return settings.history === 'rounds' ? historyWriter(numbers) : changesWriter(numbers);
}
