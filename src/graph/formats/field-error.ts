import { closest } from 'fastest-levenshtein';
import type { z } from 'zod';
import { type GossipError, inputError } from '../../errors.ts';

/** The line of the file in which a field stands, where that is known. */
export type Locate = (path: (string | number)[]) => number | undefined;

type Path = readonly PropertyKey[];

/** As many things are told that are wrong with one resource. */
const mostErrors = 20;

/** "graphs.yaml, line 12: spec.adjacencyList[3]"; the line is the parent's where the field is missing. */
export function placeOf(file: string, path: Path, locate: Locate): string {
  let line: number | undefined;
  for (let length = path.length; length >= 0 && line === undefined; length--) {
    line = locate(path.slice(0, length) as (string | number)[]);
  }
  return [line === undefined ? file : `${file}, line ${line}`, fieldOf(path)]
    .filter((part) => part !== '')
    .join(': ');
}

/** "spec.adjacencyList[3]". */
function fieldOf(path: Path): string {
  let field = '';
  for (const key of path) {
    if (typeof key === 'number') field += `[${key}]`;
    else field += field === '' ? String(key) : `.${String(key)}`;
  }
  return field;
}

/**
 * The error for a resource that its schema refused: the first unknown field with the nearest known one, else the
 * first field that is not as it should be. Its `others` are the other fields.
 */
export function fieldError(
  schema: z.ZodType,
  error: z.ZodError,
  value: unknown,
  file: string,
  locate: Locate,
): GossipError {
  const isUnknown = ({ code }: Issue) => code === 'unrecognized_keys';
  const ordered = [...error.issues.filter(isUnknown), ...error.issues.filter((i) => !isUnknown(i))];
  const [first, ...others] = ordered
    .flatMap((issue) => findings(schema, issue, value))
    .slice(0, mostErrors)
    .map(({ path, text }) => ({
      message: `${placeOf(file, path, locate)}: ${text}`,
      field: fieldOf(path),
    }));
  return inputError(first.message, {
    field: first.field,
    others: others.map(({ message, field }) => inputError(message, { field })),
  });
}

type Issue = z.ZodError['issues'][number];

/** Which fields an issue is about, and what is wrong with each. */
function findings(
  schema: z.ZodType,
  issue: Issue,
  value: unknown,
): { path: PropertyKey[]; text: string }[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    const known = fieldsAt(schema, path);
    const nearest = (key: string) =>
      known.length === 0
        ? ''
        : `: did you mean ${closest(key.slice(0, 100), known)}? There are ${known.join(', ')}`;
    return issue.keys
      .slice(0, mostErrors)
      .map((key) => ({ path: [...path, key], text: `unknown field${nearest(key)}` }));
  }
  const found = path.reduce<unknown>(
    (at, key) => (at as Record<PropertyKey, unknown>)?.[key],
    value,
  );
  if (found === undefined) return [{ path, text: 'this field is missing' }];
  const quotes =
    issue.code === 'invalid_type' && issue.expected === 'string' && typeof found !== 'object'
      ? `: put ${String(found)} in quotes`
      : '';
  return [{ path, text: `${issue.message}${quotes}` }];
}

/** The names of the fields that an object schema has at a path; none where it is not an object. */
function fieldsAt(schema: z.ZodType, path: Path): string[] {
  let at = schema as { shape?: Record<PropertyKey, z.ZodType>; unwrap?: () => z.ZodType };
  for (const key of [...path, null]) {
    while (at?.unwrap !== undefined) at = at.unwrap() as typeof at;
    if (key !== null) at = at?.shape?.[key] as typeof at;
  }
  return Object.keys(at?.shape ?? {});
}
