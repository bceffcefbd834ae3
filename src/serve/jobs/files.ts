import type { NamedBytes } from '../../runner/index.ts';
import { ofRequest, type Problem } from './problems.ts';

/** What files of a request may be. */
const MOST_FILES = 100;
const LONGEST_NAME = 255;
const MOST_BYTES = 32 * 2 ** 20;

/** What is wrong with files before they are opened: how many they are, how large, and what they are called. */
export function fileProblems(files: readonly NamedBytes[]): Problem[] {
  if (files.length > MOST_FILES)
    return [ofRequest(`there are ${files.length} files: at most ${MOST_FILES} are read at once`)];
  const bytes = files.reduce((sum, { content }) => sum + content.length, 0);
  if (bytes > MOST_BYTES) {
    return [
      ofRequest(
        `the files have ${Math.ceil(bytes / 2 ** 20)} MiB: at most ${MOST_BYTES / 2 ** 20} MiB are read here; gossip run reads larger ones`,
      ),
    ];
  }
  const names = new Set<string>();
  return files.flatMap(({ name }) => {
    const problem = names.has(name) ? 'there is a second file of this name' : nameProblem(name);
    names.add(name);
    return problem === null ? [] : [ofRequest(`${JSON.stringify(name.slice(0, 80))}: ${problem}`)];
  });
}

/** A name is told to people and stands in manifests, from which files are read again; so it leads nowhere. */
function nameProblem(name: string): string | null {
  if (name.length > LONGEST_NAME) return `a file's name has at most ${LONGEST_NAME} characters`;
  if (/[/\\]/.test(name) || /^\.*$/.test(name)) return 'a file has a name without folders here';
  if (!name.isWellFormed() || /\p{C}/u.test(name))
    return 'the name of a file has no control characters';
  return null;
}
