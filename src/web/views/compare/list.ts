import { choiceParam, parseChoice } from '../simulations/contestants.ts';

/** The server compares no more. */
export const MOST_CONTESTANTS = 16;
/** More pictures would be too small to be looked at, and browsers draw only a few. */
export const MOST_PICTURES = 4;

/** The contestants that a URL names, each once, as "folder/graph/execution"; the first is what others are compared with. */
export function listOf(params: URLSearchParams): string[] {
  const list = params.getAll('with').map((text) => choiceParam(parseChoice(text)));
  return [...new Set(list)].slice(0, MOST_CONTESTANTS);
}

/** The list with one of them in front. */
export function withFirst(list: readonly string[], first: string): string[] {
  return [first, ...list.filter((one) => one !== first)];
}

/** The list without one of them. */
export function without(list: readonly string[], gone: string): string[] {
  return list.filter((one) => one !== gone);
}

/** The list with another at its end, if there is room and it is not there. */
export function withAlso(list: readonly string[], also: string): string[] {
  return list.includes(also) || list.length >= MOST_CONTESTANTS ? [...list] : [...list, also];
}
