import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { inputError } from '../errors.ts';
import type { ConfigMap } from '../kubernetes/index.ts';

/** What strategies are made of. */
const ENDINGS = ['.ts', '.js', '.mjs', '.json'];
/** What a ConfigMap's key may be. */
const KEY = /^[-._a-zA-Z0-9]{1,253}$/;
/** What a ConfigMap takes. */
const MOST_BYTES = 2 ** 20;

/** The files of the user's strategies and of what they import, by name. */
export interface StrategyFiles {
  readonly data: Readonly<Record<string, string>>;
  readonly hash: string;
}

/** Reads the files directly in folders. Throws GossipError `input` where a ConfigMap cannot hold them. */
export function readStrategies(directories: readonly string[]): StrategyFiles {
  const data: Record<string, string> = {};
  let bytes = 0;
  for (const directory of directories) {
    for (const name of readdirSync(directory).sort()) {
      const file = join(directory, name);
      if (!ENDINGS.includes(extname(name)) || !statSync(file).isFile()) continue;
      if (!KEY.test(name)) {
        throw inputError(
          `${file}: on Kubernetes, the name of a strategy's file has letters, digits, "-", "_" and "." only`,
        );
      }
      if (Object.hasOwn(data, name)) {
        throw inputError(
          `${file}: on Kubernetes, all strategies are in one folder, and two files are called ${name}; rename one of them`,
        );
      }
      data[name] = readFileSync(file, 'utf8');
      bytes += name.length + Buffer.byteLength(data[name]);
    }
  }
  if (bytes > MOST_BYTES) {
    throw inputError(
      `the strategies in ${directories.join(' and ')} have ${bytes} bytes, and on Kubernetes at most ${MOST_BYTES}: name a folder with those alone that are played`,
    );
  }
  const hash = createHash('sha256').update(JSON.stringify(Object.entries(data).sort()));
  return { data, hash: hash.digest('hex').slice(0, 8) };
}

/** What the ConfigMap with the strategies of a Simulation is called. */
export function strategiesName(simulation: string, { hash }: StrategyFiles): string {
  return `${simulation}-strategies-${hash}`;
}

/** The ConfigMap with the strategies of a Simulation, which goes when that does. */
export function strategiesOf(
  simulation: { readonly name: string; readonly namespace: string; readonly uid: string },
  files: StrategyFiles,
): ConfigMap {
  const { name, namespace, uid } = simulation;
  return {
    metadata: {
      name: strategiesName(name, files),
      namespace,
      ownerReferences: [{ apiVersion: 'gossip.io/v1', kind: 'Simulation', name, uid }],
    },
    data: { ...files.data },
  };
}
