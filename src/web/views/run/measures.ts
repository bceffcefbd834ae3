/** What nodes' areas can grow with, and what people call it. */
export const MEASURES = {
  degree: 'degree',
  betweenness: 'betweenness',
  eigenvector: 'eigenvector centrality',
  hubScore: 'hub score',
} as const;

export type Measure = keyof typeof MEASURES;

/** The measure that a URL names; null: none. */
export function measureOf(text: string | null): Measure | null {
  return text !== null && Object.hasOwn(MEASURES, text) ? (text as Measure) : null;
}
