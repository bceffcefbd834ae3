import graphology from 'graphology';
import { parse } from 'graphology-gexf';
import type { GraphSource } from '../source.ts';
import { readChunks } from './read-chunks.ts';
import { directedError, onlyGraph, prepare, readXml, xmlSource } from './xml.ts';

/** Reads a GEXF file (Gephi, networkx). Directed graphs are refused; weights and attributes are counted. */
export async function readGexf(file: string, chunks = readChunks(file)): Promise<GraphSource> {
  const xml = await readXml(file, chunks);
  const graph = onlyGraph(xml, file, 'GEXF');
  if (graph.getAttribute('defaultedgetype') === 'directed') throw directedError(file, graph);
  prepare(xml, file, 'type', 'directed');
  return xmlSource(file, () =>
    parse(graphology.MultiGraph, xml, { allowUndeclaredAttributes: true }),
  );
}
