import { contentHash, type Graph, numberOf } from '../graph/index.ts';
import { readNodeEnvironment, type ServedNode, serveNode } from '../service/index.ts';

/**
 * For tests: a node of the seed's wire for each of a graph, with free ports of this machine, stopped afterwards. They
 * are named `<name>-n<number>`; the environment is what they have beside names, neighbors and SEED's company.
 *
 * @param use is given NODES, and what the nodes said beside their answers, and what resolves when all were told to
 *   leave and did
 */
export async function withSeedNodes(
  graph: Graph,
  name: string,
  environment: Readonly<Record<string, string>>,
  use: (nodes: string, said: readonly string[], left: Promise<unknown>) => Promise<void>,
): Promise<void> {
  const said: string[] = [];
  const served = new Map<string, ServedNode>();
  const nameOf = (node: number) => `${name}-n${numberOf(graph, node)}`;
  const names = Array.from({ length: graph.nodeCount }, (_, node) => nameOf(node));
  try {
    for (const [node, HOSTNAME] of names.entries()) {
      const neighbors = graph.neighbors.subarray(graph.offsets[node], graph.offsets[node + 1]);
      const variables = {
        HOSTNAME,
        NEIGHBORS: Array.from(neighbors, nameOf).join(','),
        RANDOM_INITIALIZATION: 'True',
        NODE_INDEX: String(node),
        GRAPH_HASH: Buffer.from(contentHash(graph)).toString('hex'),
        ...environment,
      };
      const options = {
        port: 0,
        peerPort: 0,
        host: '127.0.0.1',
        addressOf: (peer: string) => ({ host: '127.0.0.1', port: served.get(peer)!.peerPort }),
        log: (message: string) => said.push(message),
      };
      served.set(HOSTNAME, await serveNode(readNodeEnvironment(variables), options));
    }
    const nodes = names.map((name) => `${name}=127.0.0.1:${served.get(name)!.port}`);
    const left = Promise.all([...served.values()].map(({ stopped }) => stopped));
    await use(nodes.join(','), said, left);
  } finally {
    await Promise.all([...served.values()].map((node) => node.stop()));
  }
}
