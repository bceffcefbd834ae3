import { closest } from 'fastest-levenshtein';
import type { z } from 'zod';
import { type GossipError, inputError } from '../../errors.ts';

/** The line of the file in which a field stands, where that is known. */
export type Locate = (path: (string | number)[]) => number | undefined;

type Path = readonly PropertyKey[];

/** "graphs.yaml, line 12: spec.adjacencyList[3]"; the line is the parent's where the field is missing. */
export function placeOf(file: string, path: Path, locate: Locate): string {
  let field = '';
  for (const key of path) {
    if (typeof key === 'number') field += `[${key}]`;
    else field += field === '' ? String(key) : `.${String(key)}`;
  }
  let line: number | undefined;
  for (let length = path.length; length >= 0 && line === undefined; length--) {
    line = locate(path.slice(0, length) as (string | number)[]);
  }
  return [line === undefined ? file : `${file}, line ${line}`, field]
    .filter((part) => part !== '')
    .join(': ');
}

/**
 * The error for a resource that its schema refused: the first unknown field with the nearest known one, else the
 * first field that is not as it should be.
 */
export function fieldError(
  schema: z.ZodType,
  error: z.ZodError,
  value: unknown,
  file: string,
  locate: Locate,
): GossipError {
  const issue = error.issues.find(({ code }) => code === 'unrecognized_keys') ?? error.issues[0];
  if (issue.code === 'unrecognized_keys') {
    const place = placeOf(file, [...issue.path, issue.keys[0]], locate);
    const known = fieldsAt(schema, issue.path);
    const nearest =
      known.length === 0
        ? ''
        : `: did you mean ${closest(issue.keys[0].slice(0, 100), known)}? There are ${known.join(', ')}`;
    return inputError(`${place}: unknown field${nearest}`);
  }
  const place = placeOf(file, issue.path, locate);
  const found = issue.path.reduce<unknown>(
    (at, key) => (at as Record<PropertyKey, unknown>)?.[key],
    value,
  );
  if (found === undefined) return inputError(`${place}: this field is missing`);
  const quotes =
    issue.code === 'invalid_type' && issue.expected === 'string' && typeof found !== 'object'
      ? `: put ${String(found)} in quotes`
      : '';
  return inputError(`${place}: ${issue.message}${quotes}`);
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
