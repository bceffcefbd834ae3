import type { StoredSimulation } from '../../results/index.ts';
import { parametersText } from '../../runner/index.ts';
import type { PartialRunRow } from '../../storage/index.ts';

/** What the published system says of a run's parameters. */
type StoredParameters = Pick<
  PartialRunRow,
  'factor' | 'prior_partner_factor' | 'weighting_param_a'
>;

/** The parameters of an execution (from 1) as its manifest has them; null without one, or where it has no such execution. */
export function parametersOf({ manifest }: StoredSimulation, execution: number): string | null {
  const parameters = manifest?.executions[execution - 1];
  return parameters === undefined ? null : parametersText(parameters);
}

/** The parameters of an execution as one of its runs has them. */
export function parametersOfRun(row: StoredParameters): string {
  const { factor, prior_partner_factor, weighting_param_a } = row;
  const named = {
    factor,
    priorPartnerFactor: prior_partner_factor,
    weightingParamA: weighting_param_a,
  };
  const known = Object.entries(named).filter(([, value]) => value !== null);
  return parametersText(Object.fromEntries(known) as Record<string, number>);
}
