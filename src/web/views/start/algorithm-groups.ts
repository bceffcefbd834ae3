import type { StrategyChoice } from '../../../gen/gossip/v1/simulation_pb.ts';

type Choice = Pick<StrategyChoice, 'name' | 'summary' | 'knows'>;

/** An algorithm with what it is under each memory. */
export interface AlgorithmGroup {
  readonly name: string;
  readonly summary: string;
  readonly knows: string;
  /** By what memory adds to the name; null: there is none of the kind. */
  readonly plain: string | null;
  readonly memory: string | null;
  readonly complexMemory: string | null;
}

/** Algorithms in groups of those that differ in memory alone, in the order given. */
export function algorithmGroups(strategies: readonly Choice[]): AlgorithmGroup[] {
  const names = new Set(strategies.map(({ name }) => name));
  const there = (name: string) => (names.has(name) ? name : null);
  return strategies
    .filter(({ name }) => !names.has(name.replace(/(_complex)?_memory$/, '')) || isPlain(name))
    .map(({ name, summary, knows }) => ({
      name,
      summary,
      knows,
      plain: name,
      memory: there(`${name}_memory`),
      complexMemory: there(`${name}_complex_memory`),
    }));
}

function isPlain(name: string): boolean {
  return !name.endsWith('_memory');
}
