import type { MemoryKind } from '../host/memory.ts';
import { type Knowledge, knowledge } from './knowledge.ts';
import type { Strategies } from './loader.ts';
import type { ParameterSchema } from './strategy.ts';

/** An algorithm as people read of it. */
export interface DescribedStrategy {
  readonly name: string;
  /** What it does, its memory included. */
  readonly summary: string;
  readonly knows: Knowledge;
  readonly parameters: Readonly<Record<string, ParameterSchema>>;
  readonly memory: MemoryKind;
}

const REMEMBERS: Readonly<Record<MemoryKind, string>> = {
  none: '',
  plain: '; met neighbors less',
  complex: '; met neighbors less, until its value changes',
};

/** Describes an algorithm. Throws GossipError `input` where its file is not a strategy. */
export async function describeStrategy(
  strategies: Strategies,
  name: string,
): Promise<DescribedStrategy> {
  const { strategy, parameters, memory } = await strategies.load(name);
  return {
    name,
    summary: strategy.summary + REMEMBERS[memory],
    knows: knowledge(strategy.measures),
    parameters,
    memory,
  };
}
