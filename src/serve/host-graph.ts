import { create } from '@bufbuild/protobuf';
import { GossipError, inputError } from '../errors.ts';
import type { InspectedNode } from '../gen/gossip/v1/host_pb.ts';
import { type GraphPicture, GraphPictureSchema } from '../gen/gossip/v1/simulation_pb.ts';
import { graphFromEdges } from '../graph/csr.ts';
import type { Graph } from '../graph/graph.ts';
import { contentHash, wordsOfHash } from '../graph/index.ts';
import { edgesOf } from './stored/get-graph.ts';
import type { WorkOnGraph } from './stored/graph-worker.ts';

/** The graph that hosts hold together. */
export interface HostsGraph {
  readonly graph: Graph;
  /** What people call the nodes. */
  readonly names: readonly string[];
}

/**
 * Puts together what hosts say of their nodes: each names all neighbors of its own.
 *
 * @throws GossipError `input` where some nodes are held by none of these, `failed` where what they say does not fit
 */
export function graphOfHosts(
  told: readonly { readonly nodes: readonly InspectedNode[] }[],
  nodeCount: number,
): HostsGraph {
  const names = new Array<string | undefined>(nodeCount).fill(undefined);
  const sources: number[] = [];
  const targets: number[] = [];
  for (const { node, name, neighbors } of told.flatMap(({ nodes }) => nodes)) {
    if (node >= nodeCount) throw doNotFit();
    names[node] = name;
    for (const neighbor of neighbors) {
      if (neighbor.node >= nodeCount) throw doNotFit();
      // Its other end says the same.
      if (neighbor.node <= node) continue;
      sources.push(node);
      targets.push(neighbor.node);
    }
  }
  const missing = names.indexOf(undefined);
  if (missing >= 0) {
    throw inputError(
      `nobody of these hosts holds node ${missing} of ${nodeCount}, counted from 0: name all hosts of the simulation`,
    );
  }
  const graph = graphFromEdges(nodeCount, Uint32Array.from(sources), Uint32Array.from(targets));
  return { graph, names: names as string[] };
}

function doNotFit(): GossipError {
  return new GossipError('failed', 'the hosts name nodes that their graph does not have');
}

/** Lays their graph out; its communities are those of seed 0. */
export function drawHosts(work: WorkOnGraph): (held: HostsGraph) => Promise<GraphPicture> {
  return async ({ graph, names }) => {
    const words = wordsOfHash(contentHash(graph));
    const about = { graph, name: 'hosts', words, seed: 0, sample: null };
    const [{ layout }, { communities }] = await Promise.all([
      work({ ...about, wanted: 'layout' }),
      work({ ...about, wanted: 'community' }),
    ]);
    return create(GraphPictureSchema, {
      ...edgesOf(graph),
      names: names.map((name) => name.toWellFormed()),
      x: Array.from(layout!.x),
      y: Array.from(layout!.y),
      communities: Array.from(communities!),
    });
  };
}
