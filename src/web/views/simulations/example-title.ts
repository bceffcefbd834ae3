/** What a simulation of an example is called beside it: "karate-default-memory.yaml" of karate is "default memory". */
export function exampleTitle(file: string, example: string): string {
  const stem = file.replace(/\.[a-z]+$/i, '');
  const own = stem.startsWith(`${example}-`) ? stem.slice(example.length + 1) : stem;
  return own.replaceAll(/[-_]+/g, ' ');
}
