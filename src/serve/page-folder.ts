import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { GossipError } from '../errors.ts';
import { ownFile } from '../own-files.ts';

const DIST = 'src/web/dist/';
/** By its name alone, so that the bundle is made without it: there the page is built already. */
const BUILDER = 'vite';

/**
 * The folder of the page's files. In a checkout where nobody has built it yet, it is built.
 *
 * @throws GossipError where it cannot be
 */
export function pageFolder(notice: (text: string) => void): Promise<URL> {
  return folderWith('index.html', 'src/web/vite.config.ts', notice);
}

/**
 * The same folder, with the parts of a page that is one file: offline.js, offline.css and offline.licenses.md.
 *
 * @throws GossipError where they cannot be built
 */
export function offlineFolder(notice: (text: string) => void): Promise<URL> {
  return folderWith('offline.js', 'src/web/offline/vite.config.ts', notice);
}

/** The folder, where `file` is there, or is built from `sources`. */
async function folderWith(
  file: string,
  sources: string,
  notice: (text: string) => void,
): Promise<URL> {
  const folder = ownFile(DIST);
  if (existsSync(new URL(file, folder))) return folder;
  const configFile = fileURLToPath(ownFile(sources));
  if (!existsSync(configFile)) {
    throw new GossipError(
      'failed',
      `the page is missing: ${fileURLToPath(new URL(file, folder))} is not there`,
    );
  }
  notice('the page is built, this once (npm run page builds it anew)');
  try {
    const { build } = (await import(BUILDER)) as typeof import('vite');
    await build({ configFile, logLevel: 'error' });
  } catch (cause) {
    throw new GossipError(
      'failed',
      `the page is not built, and cannot be here (${(cause as Error).message}): run npm run page`,
      { cause },
    );
  }
  return folder;
}
