import { type GraphSource, numberOf } from '../graph/index.ts';
import { mean } from '../statistics/index.ts';
import {
  averageKey,
  averageObject,
  changesKey,
  historyKey,
  nodesKey,
  parseRunObject,
  type RunPlace,
  type RunRow,
  runKey,
  runObject,
  type Storage,
  summaryKey,
  summaryObject,
} from '../storage/index.ts';
import type { Drawer } from './pictures.ts';
import type { RunOutcome } from './play-run.ts';
import type { RecordedExecution } from './recorded.ts';

const JSON_TYPE = { contentType: 'application/json' };

/** Where the objects of one simulation on one graph and execution go. */
export interface Recorder {
  /** The row of a run that was finished before; null where it was not. */
  finished(repetition: number): Promise<RunRow | null>;
  /** Writes a run's objects, the row last. */
  record(repetition: number, outcome: RunOutcome): Promise<RunRow>;
  /** Writes the average over all repetitions, where there are several. */
  average(rows: readonly RunRow[]): Promise<void>;
}

/** A recorder of one execution; runs are drawn too where a drawer is given. */
export function createRecorder(
  storage: Storage,
  recorded: RecordedExecution,
  drawer: Drawer | null = null,
): Recorder {
  const { history, summary } = recorded;
  const place = (run: number): RunPlace => ({ ...recorded.place, run });

  return {
    finished: (repetition) => readRow(storage, place(repetition)),
    async record(run, outcome) {
      const at = place(run);
      const summaryText = summaryObject({ ...summary, rounds: outcome.rounds });
      const puts: Promise<unknown>[] = [storage.put(summaryKey(at), summaryText, JSON_TYPE)];
      if (outcome.history !== null) {
        const key = history === 'rounds' ? historyKey(at) : changesKey(at);
        puts.push(storage.put(key, outcome.history, JSON_TYPE));
      }
      if (drawer !== null) puts.push(drawer.draw(recorded, run, outcome));
      await Promise.all(puts);
      const row = rowOf(recorded, run, outcome);
      await storage.put(runKey(at), runObject(row), JSON_TYPE);
      return row;
    },
    async average(rows) {
      if (recorded.place.repetitions === 1) return;
      const rounds = mean(rows.map((row) => row.num_rounds));
      await storage.put(averageKey(place(1)), averageObject({ ...summary, rounds }), JSON_TYPE);
    },
  };
}

/** The row of a finished run; null where it is not finished. */
export async function readRow(storage: Storage, place: RunPlace): Promise<RunRow | null> {
  const key = runKey(place);
  const bytes = await storage.get(key);
  return bytes === null ? null : parseRunObject(bytes, `${storage.describe()}/${key}`);
}

/** Writes the nodes of a graph whose labels are not its numbers: `number,label`. */
export async function recordNodes(
  storage: Storage,
  folder: string,
  source: GraphSource,
): Promise<void> {
  const { labels } = source.graph;
  if (labels === null) return;
  const quoted = (label: string) =>
    /[",\r\n]/.test(label) ? `"${label.replaceAll('"', '""')}"` : label;
  const lines = labels.map((label, node) => `${numberOf(source.graph, node)},${quoted(label)}\n`);
  await storage.put(nodesKey({ folder, graph: source.name }), `number,label\n${lines.join('')}`, {
    contentType: 'text/csv',
  });
}

function rowOf(
  { place, seed, summary }: RecordedExecution,
  run: number,
  outcome: RunOutcome,
): RunRow {
  return {
    simulation: place.simulation,
    graph: place.graph,
    algorithm: summary.algorithm,
    factor: summary.factor ?? null,
    prior_partner_factor: summary.priorPartnerFactor ?? null,
    weighting_param_a: summary.weightingParamA ?? null,
    execution: place.execution,
    run,
    seed,
    num_rounds: outcome.rounds,
    converged: outcome.converged,
    value: outcome.value,
    exchanges: outcome.exchanges,
    useful: outcome.useful,
    t50: outcome.t50,
    t90: outcome.t90,
    t99: outcome.t99,
    max_load: Math.round(outcome.maxLoad * 1e4) / 1e4,
  };
}
