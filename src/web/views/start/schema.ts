/** As much of a JSON schema as fields of the form are made of: the spec's of a Simulation, and parameters'. */
export interface FieldSchema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly maxLength?: number;
}

export type Schemas = Readonly<Record<string, FieldSchema>>;

/** The properties of a JSON schema of an object, by name; none where the text is no such schema. */
export function propertiesOf(schema: string): Schemas {
  try {
    const { properties } = JSON.parse(schema);
    const known = Object.entries(properties ?? {}).filter(([, one]) => one instanceof Object);
    return Object.fromEntries(known) as Schemas;
  } catch {
    return {};
  }
}

/** Of fields whose names alone do not say what they are. */
const LABELS: Readonly<Record<string, string>> = {
  start: 'Start values',
  source: 'Informed node',
  weightingParamA: 'Weighting parameter a',
};

/** What a field is called: "priorPartnerFactor" is "Prior partner factor". */
export function labelOf(name: string): string {
  if (Object.hasOwn(LABELS, name)) return LABELS[name];
  const words = name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
}

/** What a field can be, in words. */
export function boundsOf(schema: FieldSchema): string {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  const bounds = [
    minimum === undefined ? '' : `at least ${minimum}`,
    exclusiveMinimum === undefined ? '' : `greater than ${exclusiveMinimum}`,
    maximum === undefined ? '' : `at most ${maximum}`,
    exclusiveMaximum === undefined ? '' : `less than ${exclusiveMaximum}`,
  ];
  return bounds.filter(Boolean).join(' and ');
}
