import graphology from 'graphology';
import { parse } from 'graphology-graphml';
import type { GraphSource } from '../source.ts';
import { readChunks } from './read-chunks.ts';
import { directedError, onlyGraph, prepare, readXml, type Xml, xmlSource } from './xml.ts';

/** Reads a GraphML file (networkx, igraph, yEd). Directed graphs are refused; weights and attributes are counted. */
export async function readGraphml(file: string, chunks = readChunks(file)): Promise<GraphSource> {
  const xml = await readXml(file, chunks);
  const graph = onlyGraph(xml, file, 'GraphML');
  if (graph.getAttribute('edgedefault') === 'directed') throw directedError(file, graph);
  prepare(xml, file, 'directed', 'true');
  prepareKeys(xml);
  return xmlSource(file, () => parse(graphology.MultiGraph, xml));
}

/**
 * Leaves the parser the keys it knows: those of nodes, edges and the graph (yEd has others, and the parser would write
 * those for "__proto__" into all objects), as texts, since values are only counted, and with a name.
 */
function prepareKeys(xml: Xml): void {
  for (const key of Array.from(xml.getElementsByTagName('key'))) {
    if (!['node', 'edge', 'graph'].includes(key.getAttribute('for') || 'node')) {
      key.parentNode?.removeChild(key);
    }
    key.setAttribute('attr.type', 'string');
    if (!key.getAttribute('attr.name')) key.setAttribute('attr.name', key.getAttribute('id') ?? '');
  }
}
