import { placeLink, type ViewName } from './place.ts';

/** What a parameter is to be: one value, several, or, where null or empty, none. */
export type Change = string | readonly string[] | null;

/** A link to a view with some of these parameters changed and the others as they are. */
export function linkWith(
  view: ViewName,
  params: URLSearchParams,
  changes: Readonly<Record<string, Change>>,
): string {
  const all: Record<string, string[]> = {};
  for (const name of new Set(params.keys())) all[name] = params.getAll(name);
  for (const [name, value] of Object.entries(changes)) all[name] = [value ?? []].flat();
  return placeLink(view, all);
}
