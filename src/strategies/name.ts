import { inputError } from '../errors.ts';
import type { MemoryKind } from '../host/memory.ts';

/** An algorithm's name, taken apart: whose file it is, and how contact changes its weights. */
export interface AlgorithmName {
  readonly base: string;
  readonly memory: MemoryKind;
}

const SUFFIXES: readonly (readonly [suffix: string, memory: MemoryKind])[] = [
  ['_complex_memory', 'complex'],
  ['_memory', 'plain'],
];

/**
 * Takes a name such as `weighted_factor_complex_memory` apart. Whether there is such an algorithm is the loader's
 * question.
 *
 * @throws GossipError where no algorithm can have this name
 */
export function parseAlgorithmName(name: string): AlgorithmName {
  const [suffix, memory] = SUFFIXES.find(([ending]) => name.endsWith(ending)) ?? ['', 'none'];
  const base = name.slice(0, name.length - suffix.length);
  if (!isBaseName(base)) {
    throw inputError(
      `${quoted(name)} cannot be an algorithm: a name has up to 63 lower case letters, digits and _, begins with a letter, and may end in _memory or _complex_memory (once), not in _complex alone`,
    );
  }
  return { base, memory };
}

/** The names of a base under each memory it can have, plain first. */
export function namesOf(base: string, withMemory = true): string[] {
  return withMemory ? [base, `${base}_memory`, `${base}_complex_memory`] : [base];
}

/**
 * Whether a strategy's file may have this name (without its ending). `_complex` at the end is kept free, since with
 * `_memory` behind it, it would be another strategy's complex memory.
 */
export function isBaseName(base: string): boolean {
  return /^[a-z][a-z0-9_]{0,62}$/.test(base) && !/(_memory|_complex)$/.test(base);
}

/** A hostile name, made fit for a message. */
export function quoted(name: string): string {
  return JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}…` : name);
}
