import louvain from 'graphology-communities-louvain/package.json' with { type: 'json' };
import gossip from '../../package.json' with { type: 'json' };

/** The versions that results depend on, as they stand in manifests. */
export const VERSION = {
  gossip: gossip.version,
  louvain: louvain.version,
} as const;
