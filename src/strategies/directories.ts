import { readdirSync, statSync } from 'node:fs';
import { join, parse, resolve } from 'node:path';
import { inputError } from '../errors.ts';
import { isBaseName } from './name.ts';

/**
 * The strategy files directly in these directories, by base name, in the order of their names. Files with another
 * ending than .ts, .js and .mjs, and those that no algorithm could be called by (`Shared.ts`, `x.test.ts`, `x.d.ts`),
 * are passed over: they may be what strategies import. A directory named twice counts once.
 *
 * @param taken names that files may not have: the built-in strategies'
 * @throws GossipError where a directory cannot be read, or a file's name is taken or reserved
 */
export function findStrategyFiles(
  directories: readonly string[],
  taken: readonly string[],
): Map<string, string> {
  const files = new Map<string, string>();
  for (const directory of new Set(directories.map((path) => resolve(path)))) {
    for (const entry of entriesOf(directory)) {
      const { name: base, ext } = parse(entry);
      const file = join(directory, entry);
      if (!['.ts', '.js', '.mjs'].includes(ext) || !isFile(file)) continue;
      if (/^[a-z][a-z0-9_]*_(memory|complex)$/.test(base)) {
        throw inputError(
          `${file}: a strategy's name cannot end in _memory or _complex; both memories come with every strategy, so name the file without it`,
        );
      }
      if (!isBaseName(base)) continue;
      if (taken.includes(base)) {
        throw inputError(`${file}: ${base} is a built-in strategy; give the file another name`);
      }
      const other = files.get(base);
      if (other !== undefined) {
        throw inputError(`${file} and ${other} are both called ${base}; rename one of them`);
      }
      files.set(base, file);
    }
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function entriesOf(directory: string): string[] {
  try {
    return readdirSync(directory).sort();
  } catch (cause) {
    throw inputError(
      `the strategy directory ${directory} cannot be read: ${(cause as Error).message}`,
      { cause },
    );
  }
}

/** Links are followed: the files of a mounted ConfigMap are links. One that leads nowhere is no file. */
function isFile(file: string): boolean {
  try {
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
