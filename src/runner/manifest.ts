import { z } from 'zod';
import { inputError } from '../errors.ts';
import { manifestKey, type Storage } from '../storage/index.ts';
import { decisive, type SimulationPlan } from './plan.ts';
import type { HistoryKind } from './play-run.ts';
import { simulationSpec } from './simulation.ts';
import { VERSION } from './version.ts';

const manifest = z.strictObject({
  format: z.literal(1),
  versions: z.strictObject({ gossip: z.string(), louvain: z.string() }),
  simulation: z.string(),
  id: z.string(),
  /** When the simulation first began, local time as in all its objects: YYYY-MM-DD-HH-MM-SS. */
  timestamp: z.string(),
  seed: z.int().min(0),
  schedule: z.string(),
  history: z.enum(['rounds', 'changes', 'none']),
  spec: simulationSpec,
  executions: z.array(z.record(z.string(), z.union([z.number(), z.string()]))),
  /** The user's strategy; null for a built-in one. */
  strategy: z.strictObject({ file: z.string(), sha256: z.string() }).nullable(),
  graphs: z.array(
    z.strictObject({
      name: z.string(),
      file: z.string(),
      sha256: z.string(),
      nodes: z.int(),
      edges: z.int(),
      /** Decimals that measures are rounded to; null: full precision. */
      measureDecimals: z.int().nullable(),
      /** Each node's community, in the order of the nodes, separated by blanks; null where none is used. */
      communities: z.string().nullable(),
      /** Pivots that betweenness was estimated from; null: exact, or not used. */
      betweennessSample: z.int().nullable(),
    }),
  ),
});

/** What a simulation is: every object of it is a pure function of its manifest. */
export type Manifest = Readonly<z.infer<typeof manifest>>;

/** What only the runner knows of a graph when the manifest is written. */
export interface MeasuredGraph {
  readonly communities: Uint32Array | null;
  readonly betweennessSample: number | null;
}

/** The manifest of a plan, its graphs measured. */
export function manifestOf(
  plan: SimulationPlan,
  measured: readonly MeasuredGraph[],
  history: HistoryKind,
  timestamp: string,
): Manifest {
  const { sha256, file } = plan.algorithm;
  return {
    format: 1,
    versions: VERSION,
    simulation: plan.name,
    id: plan.id,
    timestamp,
    seed: plan.seed,
    schedule: plan.schedule,
    history,
    spec: plan.spec,
    executions: plan.executions.map((parameters) => ({ ...parameters })),
    strategy: sha256 === null ? null : { file, sha256 },
    graphs: plan.graphs.map(({ source, sha256, decimals }, index) => ({
      name: source.name,
      file: source.file,
      sha256,
      nodes: source.graph.nodeCount,
      edges: source.graph.edgeCount,
      measureDecimals: decimals,
      communities: measured[index].communities?.join(' ') ?? null,
      betweennessSample: measured[index].betweennessSample,
    })),
  };
}

/**
 * Writes the manifest, or finds the one that is there: the same simulation, begun before, goes on under its own.
 * Throws GossipError `input` where the one there is of another simulation.
 */
export async function claim(storage: Storage, folder: string, wanted: Manifest): Promise<Manifest> {
  const key = manifestKey(folder);
  if (await storage.put(key, text(wanted), { ifAbsent: true, contentType: 'application/json' }))
    return wanted;
  const bytes = await storage.get(key);
  const found = parseManifest(bytes ?? new Uint8Array(), `${storage.describe()}/${key}`);
  if (text(comparable(found)) === text(comparable(wanted))) return found;
  throw inputError(
    `${storage.describe()}/${folder} holds results of another simulation, or of another version of gossip (${found.versions.gossip}); choose another --results or --name`,
  );
}

/** The manifest without what may differ between two of the same simulation. */
function comparable({ timestamp: _, history: __, strategy, graphs, spec, ...rest }: Manifest) {
  return {
    ...rest,
    spec: decisive(spec),
    strategy: strategy?.sha256,
    graphs: graphs.map(({ file: ___, ...graph }) => graph),
  };
}

/** Reads a manifest; `place` names it in messages. Throws GossipError `input` where it is not one, with the field. */
export function parseManifest(bytes: Uint8Array, place: string): Manifest {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw inputError(`${place} is not a manifest: ${(error as Error).message}`, { cause: error });
  }
  const result = manifest.safeParse(json);
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0];
  throw inputError(`${place} is not a manifest of this version: ${path.join('.')}: ${message}`);
}

function text(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
