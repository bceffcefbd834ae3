import { placeLink } from '../../place.ts';

/** Where a simulation is played. */
export type GraphChoice =
  /** One of those that the server offers. */
  | { readonly kind: 'example'; readonly name: string }
  /** One of a stored simulation. */
  | { readonly kind: 'stored'; readonly folder: string; readonly name: string }
  /** One of the files that were given. */
  | { readonly kind: 'file'; readonly name: string };

/** What somebody has filled in. Texts are as they were typed; empty ones stand for the default. */
export interface Form {
  readonly graph: GraphChoice | null;
  readonly name: string;
  readonly algorithms: readonly string[];
  /** By the name of the spec's field. */
  readonly fields: Readonly<Record<string, string>>;
  /** By the name of the parameter: one value or a list to sweep. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Fields of the spec that the form has, in its order. */
export const MAIN_FIELDS = ['repetitions', 'seed', 'start', 'source', 'aggregate', 'schedule'];
export const ADVANCED_FIELDS = [
  'tolerance',
  'maxRounds',
  'redraw',
  'randomInitialization',
  'measureDecimals',
  'visualize',
];
const FIELDS = [...MAIN_FIELDS, ...ADVANCED_FIELDS];
const PARAMETER = 'parameter.';

/** What parameters of the URL fill in. */
export function parseForm(params: URLSearchParams): Form {
  const algorithms = [...new Set(params.getAll('algorithm'))];
  const parameters = [...params]
    .filter(([name]) => name.startsWith(PARAMETER))
    .map(([name, value]) => [name.slice(PARAMETER.length), value]);
  return {
    graph: parseGraph(params.get('graph') ?? ''),
    name: params.get('name') ?? '',
    algorithms: algorithms.length === 0 ? ['default'] : algorithms,
    fields: Object.fromEntries(FIELDS.map((field) => [field, params.get(field) ?? ''])),
    parameters: Object.fromEntries(parameters),
  };
}

/** The link to a form filled in so. */
export function formLink({ graph, name, algorithms, fields, parameters }: Form): string {
  const prefixed = Object.entries(parameters).map(([name, value]) => [PARAMETER + name, value]);
  return placeLink('start', {
    graph: graph === null ? '' : graphParam(graph),
    name,
    algorithm: algorithms,
    ...fields,
    ...Object.fromEntries(prefixed),
  });
}

/** A choice of a graph as a text: "example/karate", "stored/<folder>/karate", "file/karate". */
export function graphParam(graph: GraphChoice): string {
  return graph.kind === 'stored'
    ? `stored/${graph.folder}/${graph.name}`
    : `${graph.kind}/${graph.name}`;
}

/** The inverse of graphParam; null where the text is none. */
export function parseGraph(text: string): GraphChoice | null {
  const [kind, ...parts] = text.split('/');
  const name = parts.at(-1) ?? '';
  if (name === '') return null;
  if ((kind === 'example' || kind === 'file') && parts.length === 1) return { kind, name };
  if (kind === 'stored' && parts.length === 2) return { kind, folder: parts[0], name };
  return null;
}

/** Whether a field means something beside what else is filled in. */
export function isApplicable(field: string, { fields }: Pick<Form, 'fields'>): boolean {
  if (field === 'source') return fields.start === 'source';
  if (field === 'tolerance') return fields.aggregate === 'mean';
  return true;
}
