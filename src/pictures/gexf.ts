import { type Graph, numberOf } from '../graph/index.ts';
import { xmlText } from './xml.ts';

/** What stands in the GEXF files of all rounds on a graph. */
export interface GexfSettings {
  readonly graph: Graph;
  /** The graph as its resource wrote it: nodes and edges stand in the order in which it names them. */
  readonly adjacencyText: string;
  /** By node; null where none are used. */
  readonly communities: ArrayLike<number> | null;
  /** YYYY-MM-DD. */
  readonly date: string;
  readonly creator: string;
}

/**
 * Writes rounds as the published system does (networkx 3.0's GEXF 1.2), to the attribute: given the values by node, the
 * text as UTF-8 in pieces. `type` is that of values in all files of a run. graphology-gexf, which reads GEXF here,
 * names attributes and types its own way.
 */
export function createGexf(
  settings: GexfSettings,
): (values: ArrayLike<number>, type: 'long' | 'double') => Uint8Array[] {
  const { graph, communities } = settings;
  const encoder = new TextEncoder();
  const neighbors = networkOf(settings.adjacencyText);
  const nodeOf = new Map<number, number>();
  for (let node = 0; node < graph.nodeCount; node++) nodeOf.set(numberOf(graph, node), node);
  const valueAttribute = communities === null ? 0 : 1;
  const nodes = Array.from(neighbors.keys(), (number) => {
    const node = nodeOf.get(number)!;
    const label = graph.labels === null ? String(number) : xmlText(graph.labels[node]);
    const community =
      communities === null ? '' : `\n          <attvalue for="0" value="${communities[node]}" />`;
    const before = `      <node id="${number}" label="${label}">
        <attvalues>${community}
          <attvalue for="${valueAttribute}" value="`;
    return { node, before };
  });
  const edges = encoder.encode(edgesText(neighbors));
  return (values, type) => {
    let text = head(settings, type);
    for (const { node, before } of nodes) {
      text += `${before}${values[node]}" />
        </attvalues>
      </node>
`;
    }
    return [encoder.encode(text), edges];
  };
}

function head({ communities, date, creator }: GexfSettings, type: string): string {
  const attribute = (id: number, title: string, of: string) =>
    `\n      <attribute id="${id}" title="${title}" type="${of}" />`;
  const attributes =
    communities === null
      ? attribute(0, 'value', type)
      : `${attribute(0, 'community', 'long')}${attribute(1, 'value', type)}`;
  return `<?xml version='1.0' encoding='utf-8'?>
<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.gexf.net/1.2draft http://www.gexf.net/1.2draft/gexf.xsd" version="1.2">
  <meta lastmodifieddate="${xmlText(date)}">
    <creator>${xmlText(creator)}</creator>
  </meta>
  <graph defaultedgetype="undirected" mode="static" name="">
    <attributes mode="static" class="node">${attributes}
    </attributes>
    <nodes>
`;
}

/** Each node's neighbors in the order in which networkx has them when it has read these lines. */
function networkOf(adjacencyText: string): Map<number, Set<number>> {
  const neighbors = new Map<number, Set<number>>();
  const of = (number: number) => {
    const known = neighbors.get(number) ?? new Set();
    neighbors.set(number, known);
    return known;
  };
  for (const line of adjacencyText.split(',')) {
    const [number, ...others] = (line.match(/\d+/g) ?? []).map(Number);
    if (number === undefined) continue;
    const own = of(number);
    for (const other of others) {
      // Joined with itself a node exchanges nothing: such edges are not in our graphs.
      if (other === number) continue;
      own.add(other);
      of(other).add(number);
    }
  }
  return neighbors;
}

function edgesText(neighbors: Map<number, Set<number>>): string {
  let text = '    </nodes>\n    <edges>\n';
  let id = 0;
  const done = new Set<number>();
  for (const [number, own] of neighbors) {
    for (const other of own) {
      if (!done.has(other)) {
        text += `      <edge source="${number}" target="${other}" id="${id++}" />\n`;
      }
    }
    done.add(number);
  }
  return `${text}    </edges>\n  </graph>\n</gexf>\n`;
}
