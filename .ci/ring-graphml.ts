import { xmlText } from '../src/pictures/xml.ts';

/** A GraphML file of a ring of nodes with these names, whatever is in them. */
export function ringGraphml(names: readonly string[]): string {
  const ids = names.map(xmlText);
  const nodes = ids.map((id) => `<node id="${id}"/>`);
  const edges = ids.map(
    (id, at) => `<edge source="${id}" target="${ids[(at + 1) % ids.length]}"/>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?><graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph edgedefault="undirected">${nodes.join('')}${edges.join('')}</graph></graphml>`;
}
