import { extname } from 'node:path';

/**
 * Where a file of the program itself is: one that is opened and not imported. The bundle (`npm run build`) has the
 * program's files at the same paths below its folder as a checkout below its own.
 *
 * @param path from the checkout's folder
 */
export function ownFile(path: string): URL {
  return new URL(`../${path}`, import.meta.url);
}

/**
 * Where a module of the program itself is: one that a thread or a message names. It is TypeScript in a checkout, and
 * compiled in the bundle, as this module is.
 *
 * @param path from the checkout's folder, without its ending
 */
export function ownModule(path: string): URL {
  return ownFile(path + extname(import.meta.url));
}
