import { GossipError, inputError } from '../errors.ts';
import { chunksOf } from '../graph/formats/index.ts';
import {
  type GraphObject,
  type GraphSource,
  graphFromObject,
  graphSourceObject,
  parseGraphResource,
  readGraphFile,
  sourceHash,
} from '../graph/index.ts';
import type { Storage } from '../storage/index.ts';
import type { Assignment } from './assignment.ts';
import { eachAtOnce } from './each-at-once.ts';

/** Gives a Graph resource as the API server has it. */
export type ReadGraph = (namespace: string, name: string) => Promise<unknown>;

/** How many are asked for at once. */
const AT_ONCE = 8;

/**
 * The graphs of an assignment, in its order, those that are objects from the storage of the results. Throws GossipError
 * `input` where one is no longer what the operator accepted.
 */
export async function readAssignedGraphs(
  { simulation: { namespace }, graphs }: Assignment,
  readGraph: ReadGraph,
  storage: Storage,
): Promise<GraphSource[]> {
  const sources: GraphSource[] = [];
  await eachAtOnce(graphs.entries(), AT_ONCE, async ([index, { name, sha256 }]) => {
    const place = `Graph ${namespace}/${name}`;
    const resource = await readGraph(namespace, name);
    const nowhere = () => undefined;
    const object = graphSourceObject(resource, place, nowhere);
    const source =
      object === null
        ? parseGraphResource(resource, place, nowhere)
        : graphFromObject(object, await readObject(object, storage));
    // The operator has not read every graph.
    if (sha256 !== null && sourceHash(source) !== sha256) {
      throw inputError(
        `${place} was edited since the Simulation was accepted: its SHA-256 differs; runs of two graphs must not be mixed, so undo the edit, or make a new Simulation`,
      );
    }
    sources[index] = source;
  });
  return sources;
}

/** Reads a graph's object as a file of its name would be read. */
async function readObject({ object, file }: GraphObject, storage: Storage): Promise<GraphSource> {
  const place = `${storage.describe()}/${object}`;
  const bytes = await storage.get(object);
  if (bytes === null) throw inputError(`${file}: spec.source.object: there is no ${place}`);
  // What it is called does not matter but for how it ends: the resource names the graph.
  const name = `${place}/graph${/\.[^./]+(\.gz)?$/i.exec(object)?.[0] ?? ''}`;
  const named = (text: string) => text.replaceAll(name, place);
  try {
    const source = await readGraphFile(name, chunksOf(name, bytes));
    return { ...source, warnings: source.warnings.map(named) };
  } catch (error) {
    if (!(error instanceof GossipError)) throw error;
    throw new GossipError(error.code, `${file}: ${named(error.message)}`, { cause: error });
  }
}
