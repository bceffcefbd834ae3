import { inputError } from '../../errors.ts';

const part = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';
const subdomain = new RegExp(`^${part}(?:\\.${part})*$`);
const longest = 253;

/**
 * What is wrong with the name of a resource, as the end of a sentence, or null. A name becomes a folder and a
 * Kubernetes name: a DNS-1123 subdomain.
 */
export function nameProblem(name: string): string | null {
  if (name.length > longest)
    return `has ${name.length} characters: a name has at most ${longest} of them`;
  if (subdomain.test(name)) return null;
  const reason = name.includes('..')
    ? 'contains ".."'
    : name.includes('/')
      ? 'contains "/"'
      : 'is not a valid name';
  return `${reason}: a name is made of lowercase letters, digits, "-" and ".", each part between dots beginning and ending with a letter or digit`;
}

/** A graph's name from its file's: the stem in lowercase, with "-" for what a name cannot have. */
export function nameFromFile(file: string): string {
  const stem = file
    .replace(/^.*\//s, '')
    .replace(/\.gz$/i, '')
    .replace(/\.[^.]*$/, '');
  const name = stem
    .toLowerCase()
    .replace(/[^a-z0-9.-]/g, '-')
    .slice(0, longest)
    .replace(/-*\.[.-]*/g, '.')
    .replace(/^[.-]+/, '')
    .replace(/[.-]+$/, '');
  if (nameProblem(name) === null) return name;
  throw inputError(
    `${file}: its name becomes the graph's, and "${stem}" has no letter a-z or digit: rename the file`,
  );
}
