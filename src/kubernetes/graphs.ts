import { inputError } from '../errors.ts';
import { connectKubernetes } from './connection.ts';
import type { Kind } from './kinds.ts';
import { openCluster } from './open-cluster.ts';

/** The Graphs of a cluster. */
export interface Graphs {
  /**
   * A Graph as the API server has it. Throws GossipError `input` where there is none or it may not be read, `failed`
   * where the server is away for too long, and the signal's reason.
   */
  read(namespace: string, name: string, signal: AbortSignal): Promise<unknown>;
  /** Ends reads under way and closes connections. */
  close(): void;
}

const GRAPH: Kind = {
  apiVersion: 'gossip.io/v1',
  kind: 'Graph',
  plural: 'graphs',
  namespaced: true,
};
/** How long the API server may be away, in milliseconds: it may be upgraded meanwhile. */
const PATIENCE = 120_000;

/** Graphs of the cluster that KUBECONFIG names, or that of this pod. Throws GossipError `input` where there is none. */
export async function openGraphs(): Promise<Graphs> {
  const connection = await connectKubernetes();
  const cluster = openCluster(connection, { fieldManager: 'gossip-runner', patience: PATIENCE });
  const closed = new AbortController();
  return {
    async read(namespace, name, outer) {
      const signal = AbortSignal.any([outer, closed.signal]);
      const graph = await cluster.get(GRAPH, { namespace, name }, { signal });
      if (graph !== null) return graph;
      throw inputError(`there is no Graph ${name} in the namespace ${namespace} any more`);
    },
    close() {
      closed.abort(new Error('the connection was closed'));
      cluster.close();
    },
  };
}
