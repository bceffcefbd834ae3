import { ConnectError } from '@connectrpc/connect';
import { type Problem, ProblemSchema } from '../../../gen/gossip/v1/simulation_pb.ts';
import { errorText } from '../../asking.ts';
import { type FieldProblem, FORM_FILE } from './resources.ts';

export type Found = Omit<Problem, '$typeName' | '$unknown'>;

/** What an error says is wrong: its details, or where it has none, itself. */
export function problemsOf(error: unknown): Found[] {
  const details = error instanceof ConnectError ? error.findDetails(ProblemSchema) : [];
  return details.length > 0 ? details : [{ file: '', line: 0, field: '', text: errorText(error) }];
}

/** Which field of the form a problem is shown beside; null: none. */
export function fieldOf({ file, field }: Pick<Found, 'file' | 'field'>): string | null {
  if (file !== FORM_FILE) return null;
  // "spec.factor[0]" is about spec.factor.
  const [path] = field.split('[');
  if (path.startsWith('spec.graphSelector')) return 'graph';
  if (path === 'metadata.name') return 'name';
  const [, below, parameter] = /^spec\.(\w+)(?:\.(.+))?$/s.exec(path) ?? [];
  if (below === undefined) return null;
  if (below === 'parameters') return parameter === undefined ? null : `parameter.${parameter}`;
  const isParameter = ['factor', 'priorPartnerFactor', 'weightingParamA', 'favor'].includes(below);
  return isParameter ? `parameter.${below}` : below;
}

/** What stands beside fields, and what does not. Of several about one field the first is shown there. */
export function placed(
  problems: readonly Found[],
  fields: readonly string[],
): { readonly beside: FieldProblem[]; readonly others: Found[] } {
  const beside: FieldProblem[] = [];
  const others: Found[] = [];
  for (const problem of problems) {
    const field = fieldOf(problem);
    if (field === null || !fields.includes(field)) others.push(problem);
    else if (!beside.some((other) => other.field === field))
      beside.push({ field, text: problem.text });
  }
  return { beside, others };
}
