import { stringify } from 'yaml';
import { nameProblem } from '../../../graph/formats/name.ts';
import { type Form, isApplicable } from './form.ts';
import type { Schemas } from './schema.ts';
import { parseList, parseValue } from './values.ts';

/** A Simulation resource. */
export interface Resource {
  readonly apiVersion: 'gossip.io/v1';
  readonly kind: 'Simulation';
  readonly metadata: { readonly name: string };
  readonly spec: Readonly<Record<string, unknown>>;
}

/** What the server knows: the fields of a spec, and the parameters of each algorithm. */
export interface Known {
  readonly spec: Schemas;
  readonly parameters: Readonly<Record<string, Schemas>>;
}

/** One thing that is wrong, beside the field where it is. */
export interface FieldProblem {
  /** graph, name, algorithm, a field of the spec, or parameter.<name>. */
  readonly field: string;
  readonly text: string;
}

/** What is played where repetitions are not said, as by `gossip run`. */
export const DEFAULT_REPETITIONS = 30;
/** What a YAML file of a form is called. */
export const FORM_FILE = 'form.yaml';
/** Parameters that are fields of the spec; others stand below `parameters`. */
const SPEC_PARAMETERS = ['factor', 'priorPartnerFactor', 'weightingParamA', 'favor'];

/** The Simulations that a form describes: one an algorithm, named as `gossip run` names them. */
export function resourcesOf(
  form: Form,
  known: Known,
): { readonly resources: Resource[]; readonly problems: FieldProblem[] } {
  const problems: FieldProblem[] = [];
  const note = (field: string, text: string) => {
    if (!problems.some((other) => other.field === field)) problems.push({ field, text });
  };
  const { graph, algorithms } = form;
  if (graph === null) note('graph', 'Choose a graph.');
  if (algorithms.length === 0) note('algorithm', 'Choose at least one algorithm.');
  const name = form.name.trim() || (graph?.name ?? '');
  const problem = name === '' ? null : nameProblem(name);
  if (problem !== null) note('name', `It ${problem}.`);
  const fields = fieldsOf(form, known, note);
  const resources = algorithms.map((algorithm): Resource => {
    if (known.parameters[algorithm] === undefined)
      note('algorithm', `There is no algorithm ${algorithm.slice(0, 80)}.`);
    return {
      apiVersion: 'gossip.io/v1',
      kind: 'Simulation',
      metadata: { name: simulationName(name, algorithm) },
      spec: {
        graphSelector: { matchLabels: { name: graph?.name ?? '' } },
        algorithm,
        ...fields,
        ...parametersOf(form, known.parameters[algorithm] ?? {}, note),
      },
    };
  });
  return { resources, problems };
}

/** What `gossip run` calls a simulation: a name, as all of resources, has no "_". */
export function simulationName(name: string, algorithm: string): string {
  return `${name}-${algorithm.replaceAll('_', '-')}`;
}

/** Resources as a YAML file. */
export function yamlOf(resources: readonly Resource[]): string {
  return resources.map((resource) => stringify(resource, { lineWidth: 0 })).join('---\n');
}

type Note = (field: string, text: string) => void;

function fieldsOf(form: Form, { spec }: Known, note: Note): Record<string, unknown> {
  const fields: Record<string, unknown> = { repetitions: DEFAULT_REPETITIONS };
  for (const [field, text] of Object.entries(form.fields)) {
    if (text.trim() === '' || spec[field] === undefined || !isApplicable(field, form)) continue;
    const parsed = parseValue(spec[field], text);
    if ('problem' in parsed) note(field, parsed.problem);
    else fields[field] = parsed.value;
  }
  return fields;
}

function parametersOf(form: Form, schemas: Schemas, note: Note): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  const own: Record<string, unknown> = {};
  for (const [parameter, schema] of Object.entries(schemas)) {
    const text = form.parameters[parameter] ?? '';
    if (text.trim() === '') continue;
    const isWord = parameter === 'favor';
    const parsed = isWord ? parseValue(schema, text) : parseList(schema, text);
    if ('problem' in parsed) note(`parameter.${parameter}`, parsed.problem);
    else if (SPEC_PARAMETERS.includes(parameter)) fields[parameter] = parsed.value;
    else own[parameter] = parsed.value;
  }
  return Object.keys(own).length === 0 ? fields : { ...fields, parameters: own };
}
