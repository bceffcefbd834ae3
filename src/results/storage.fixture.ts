import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Content, type RunRow, runObject, type Storage } from '../storage/index.ts';
import { compareKeys } from '../storage/storage.ts';

/** For tests: a storage in memory, and the keys that were read. */
export function memoryStorage(objects: Readonly<Record<string, string | Uint8Array>> = {}) {
  const held = new Map(Object.entries(objects).map(([key, content]) => [key, bytesOf(content)]));
  const read: string[] = [];
  const keys = (prefix: string) =>
    [...held.keys()].filter((key) => key.startsWith(prefix)).sort(compareKeys);
  const storage: Storage = {
    async put(key, content, { ifAbsent = false } = {}) {
      if (ifAbsent && held.has(key)) return false;
      held.set(key, bytesOf(content));
      return true;
    },
    async get(key) {
      read.push(key);
      return held.get(key) ?? null;
    },
    async *list(prefix) {
      yield* keys(prefix);
    },
    async *folders(prefix) {
      const end = (key: string) => key.indexOf('/', prefix.length);
      const folders = keys(prefix).filter((key) => end(key) >= 0);
      yield* new Set(folders.map((key) => key.slice(0, end(key))));
    },
    describe: () => 'memory',
  };
  return { storage, held, read };
}

function bytesOf(content: Content): Uint8Array {
  if (typeof content === 'string') return Buffer.from(content);
  return content instanceof Uint8Array ? content : Buffer.concat(content);
}

/** For tests: all of an asynchronous sequence. */
export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** For tests: what the published system left of a simulation, its 11 runs being alike. */
export function publishedObjects(folder: string, runs = 11): Record<string, string> {
  const object = (name: string) =>
    readFileSync(new URL(`../storage/fixtures/sim-wf_${name}.json.txt`, import.meta.url), 'utf8');
  const objects: Record<string, string> = {};
  const at = `${folder}/holme-n10/exec-1`;
  for (let run = 1; run <= runs; run++) {
    objects[`${at}/run-${run}/sim-wf_summary.json`] = object('summary');
    objects[`${at}/run-${run}/sim-wf_node_value_history.json`] = object('node_value_history');
    objects[`${at}/run-${run}/rounds/holme-n10-round-0.gexf`] = '<gexf/>';
  }
  objects[`${at}/sim-wf_averaged_result.json`] = object('averaged_result');
  return objects;
}

/** For tests: a run's row. */
export function row(simulation: string, graph: string, run: number): RunRow {
  return {
    ...{ simulation, graph, algorithm: 'default', execution: 1, run, seed: 5 },
    ...{ factor: null, prior_partner_factor: null, weighting_param_a: null },
    ...{ num_rounds: 3 + (run % 4), converged: true, value: 0, exchanges: 90, useful: 30 },
    ...{ t50: 2, t90: 3, t99: 3, max_load: 4.5 },
  };
}

/** For tests: the objects of a simulation with a manifest; what is in its runs was never played. */
export function ownObjects(
  name: string,
  graphs: readonly string[],
  repetitions: number,
  finished = repetitions,
): { folder: string; objects: Record<string, string>; rows: RunRow[] } {
  const id = createHash('sha256').update(name).digest('hex').slice(0, 8);
  const folder = `${name}-${id}`;
  const objects: Record<string, string> = {};
  const rows: RunRow[] = [];
  for (const graph of graphs) {
    for (let run = 1; run <= finished; run++) {
      const place = repetitions === 1 ? graph : `${graph}/run-${run}`;
      objects[`${folder}/${place}/${name}_summary.json`] = '{}';
      rows.push(row(name, graph, run));
      objects[`${folder}/_gossip/${place}/${name}_run.json`] = runObject(rows.at(-1)!);
    }
  }
  const spec = { graphSelector: { matchLabels: {} }, algorithm: 'default', repetitions };
  objects[`${folder}/manifest.json`] = JSON.stringify({
    ...{ format: 1, versions: { gossip: '0.1.0', louvain: '2.0.2' }, simulation: name, id },
    ...{ timestamp: '2026-11-23-01-02-03', seed: 5, schedule: 'ascending', history: 'none', spec },
    ...{ executions: [{}], strategy: null },
    graphs: graphs.map((graph) => ({
      ...{ name: graph, file: `${graph}.yaml`, sha256: 'x', nodes: 30, edges: 60 },
      ...{ measureDecimals: 4, communities: null, betweennessSample: null },
    })),
  });
  return { folder, objects, rows };
}
