import { readFileSync } from 'node:fs';

function versionOf(file: URL): string {
  return JSON.parse(readFileSync(file, 'utf8')).version;
}

/** The versions that results depend on, as they stand in manifests. */
export const VERSION = {
  gossip: versionOf(new URL('../../package.json', import.meta.url)),
  louvain: versionOf(
    new URL('./package.json', import.meta.resolve('graphology-communities-louvain')),
  ),
} as const;
