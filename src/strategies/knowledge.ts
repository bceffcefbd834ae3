import type { Measure } from './strategy.ts';

/** What a node must know to weigh its neighbors. */
export type Knowledge = 'nothing' | 'its neighbors' | 'the whole graph';

/** What each node must know for these measures; all but the degree are computed over the whole graph. */
export function knowledge(measures: readonly Measure[]): Knowledge {
  if (measures.length === 0) return 'nothing';
  return measures.every((measure) => measure === 'degree') ? 'its neighbors' : 'the whole graph';
}
