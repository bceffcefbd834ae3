import { z } from 'zod';
import { inputError } from '../errors.ts';
import type { PartialRunRow } from '../storage/index.ts';
import type { StoredRun } from './run-key.ts';

/** The published system writes two of the parameters as text and one as a number; either is taken for all. */
const parameter = z
  .union([z.number(), z.string().regex(/^[-+.\deE]{1,40}$/)])
  .transform((value, context) => {
    const number = Number(value);
    if (!Number.isFinite(number)) context.addIssue('it must be a finite number');
    return number;
  })
  .optional();

/** What is read of a `<simulation>_summary.json`; it may say more. */
const summary = z.looseObject({
  timestamp: z.string().max(100),
  num_rounds: z.int().min(0),
  algorithm: z.string().max(1000),
  adj_list: z.string().optional(),
  factor: parameter,
  prior_partner_factor: parameter,
  weighting_param_a: parameter,
  graph_metadata: z.record(z.string(), z.unknown()).optional(),
});

/** What a run's summary says, ours or the published system's. */
export type StoredSummary = Readonly<z.infer<typeof summary>>;

/**
 * Reads a `<simulation>_summary.json`; `place` names it in messages.
 * @throws GossipError `input` where it is not one, with the field.
 */
export function parseSummary(bytes: Uint8Array, place: string): StoredSummary {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw inputError(`${place} is not JSON: ${(error as Error).message}`, { cause: error });
  }
  const result = summary.safeParse(json);
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0];
  throw inputError(`${place} is not a run's summary: ${path.join('.')}: ${message}`);
}

/** The row of a run of which there is nothing but its summary. The published system has no limit of rounds. */
export function rowOfSummary(run: StoredRun, summary: StoredSummary): PartialRunRow {
  return {
    simulation: run.simulation,
    graph: run.graph,
    algorithm: summary.algorithm,
    factor: summary.factor ?? null,
    prior_partner_factor: summary.prior_partner_factor ?? null,
    weighting_param_a: summary.weighting_param_a ?? null,
    execution: run.execution,
    run: run.run,
    seed: null,
    num_rounds: summary.num_rounds,
    converged: true,
    value: null,
    exchanges: null,
    useful: null,
    t50: null,
    t90: null,
    t99: null,
    max_load: null,
  };
}
