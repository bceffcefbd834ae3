import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { inputError } from '../errors.ts';
import { asStrategy } from './shape.ts';
import type { Strategy } from './strategy.ts';

/** A strategy with the SHA-256 of its file, in hex. Other files that it imports are not part of the hash. */
export interface StrategyFile {
  readonly strategy: Strategy;
  readonly sha256: string;
}

/**
 * Loads the strategy in a file (.ts, .js or .mjs). Runs its code.
 *
 * @throws GossipError where the file cannot be read or run, or does not export a strategy as its default
 */
export async function loadStrategyFile(file: string): Promise<StrategyFile> {
  const bytes = await readFile(file).catch((cause) => {
    throw inputError(`${file} cannot be read: ${cause.message}`, { cause });
  });
  const module = await import(pathToFileURL(resolve(file)).href).catch((cause) => {
    throw inputError(`${file} cannot be loaded: ${describe(cause)}`, { cause });
  });
  if (!('default' in module)) {
    throw inputError(
      `${file} has no default export: it must export a strategy, export default { … }`,
    );
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { strategy: asStrategy(module.default, file), sha256 };
}

/** The message, and the line where the runtime tells it: Node puts "file:line" on top of a TypeScript error's stack. */
function describe(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const line = /^\S.*:(\d+)$/m.exec((thrown.stack ?? '').split('\n', 1)[0])?.[1];
  const message = stripVTControlCharacters(thrown.message);
  const named = message.includes('Error') ? message : `${thrown.name}: ${message}`;
  return line === undefined ? named : `${named} (line ${line})`;
}
