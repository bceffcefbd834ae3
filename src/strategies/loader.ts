import { fileURLToPath } from 'node:url';
import { closest } from 'fastest-levenshtein';
import { inputError } from '../errors.ts';
import type { MemoryKind } from '../host/memory.ts';
import { ownModule } from '../own-files.ts';
import { findStrategyFiles } from './directories.ts';
import { loadStrategyFile } from './file.ts';
import { namesOf, parseAlgorithmName, quoted } from './name.ts';
import type { ParameterSchema, Strategy } from './strategy.ts';

/** The files in builtin/, in the order in which people are shown them. */
const BUILTIN: readonly string[] = [
  'default',
  'weighted_factor',
  'community_probabilities',
  'betweenness_weighted',
  'eigenvector_weighted',
  'hub_score_weighted',
  'betweenness_community_probabilities',
  'eigenvector_community_probabilities',
  'hub_score_community_probabilities',
  'community_based',
];

/** The one built-in strategy that the published system has without memory only. */
const WITHOUT_MEMORY = 'community_based';

const priorPartnerFactor: ParameterSchema = {
  type: 'number',
  description: 'what the weight of a neighbor is multiplied by when it has been in contact',
  default: 0.5,
  minimum: 0,
  maximum: 1,
};

/** An algorithm, ready to weigh: a strategy and the memory that its name asks for. */
export interface LoadedStrategy {
  /** The algorithm's name: the base with the memory's suffix. */
  readonly name: string;
  readonly base: string;
  readonly memory: MemoryKind;
  readonly strategy: Strategy;
  /** Path of the strategy's file. */
  readonly file: string;
  /** SHA-256 of that file, in hex; null for a built-in strategy, which the version of gossip tells. */
  readonly sha256: string | null;
  /** The strategy's parameters, and with a memory `priorPartnerFactor`. */
  readonly parameters: Readonly<Record<string, ParameterSchema>>;
}

/** The strategies there are: the built-in ones and those in a user's directories. */
export interface Strategies {
  /** Every algorithm's name: the 28 built-in ones, then the user's by name, each with its two memories. */
  names(): string[];
  /**
   * Loads an algorithm; only files found when the strategies were opened, so no name reaches the disk.
   *
   * @throws GossipError where there is no such algorithm, or its file is not a strategy
   */
  load(name: string): Promise<LoadedStrategy>;
}

/**
 * Finds the strategies; a file is run when it is loaded, not before.
 *
 * @param directories beside the built-in ones, each with strategy files (.ts, .js, .mjs) directly in it
 * @throws GossipError where a directory cannot be read, or a file in it has a name it cannot have
 */
export function openStrategies(directories: readonly string[] = []): Strategies {
  const userFiles = findStrategyFiles(directories, BUILTIN);
  const bases = [...BUILTIN, ...userFiles.keys()];
  const names = bases.flatMap((base) => namesOf(base, base !== WITHOUT_MEMORY));

  return {
    names: () => [...names],

    async load(name) {
      const { base, memory } = parseAlgorithmName(name);
      if (!bases.includes(base)) throw unknown(name, bases, names);
      if (!names.includes(name)) {
        throw inputError(`${name}: ${base} exists only without memory; write ${base}`);
      }
      const file = userFiles.get(base) ?? builtinFile(base);
      const { strategy, sha256 } = userFiles.has(base)
        ? await loadStrategyFile(file)
        : { strategy: await loadBuiltin(base), sha256: null };
      const parameters =
        memory === 'none' ? strategy.parameters : { ...strategy.parameters, priorPartnerFactor };
      return { name, base, memory, strategy, file, sha256, parameters };
    },
  };
}

async function loadBuiltin(base: string): Promise<Strategy> {
  return (await import(`./builtin/${base}.ts`)).default;
}

function builtinFile(base: string): string {
  return fileURLToPath(ownModule(`src/strategies/builtin/${base}`));
}

function unknown(name: string, bases: readonly string[], names: readonly string[]): Error {
  return inputError(
    `there is no algorithm ${quoted(name)}; did you mean ${closest(name, names)}? There are ${bases.join(', ')}; with _memory or _complex_memory at the end, too, except ${WITHOUT_MEMORY}`,
  );
}
