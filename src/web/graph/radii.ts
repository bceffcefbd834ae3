/**
 * The radii of nodes in pixels, by node. Where a measure is given (0 or greater), their areas grow with it, from a tenth
 * of the largest; else all are alike. They fill about a twentieth of a picture of so many square pixels.
 */
export function radiiOf(
  nodes: number,
  measure: ArrayLike<number> | null,
  pixels: number,
): Float32Array {
  const usual = Math.min(9, Math.max(1.5, Math.sqrt(pixels / Math.max(1, nodes)) * 0.13));
  const radii = new Float32Array(nodes).fill(usual);
  if (measure === null) return radii;
  let greatest = 0;
  for (let node = 0; node < nodes; node++) greatest = Math.max(greatest, measure[node]);
  if (greatest === 0) return radii;
  for (let node = 0; node < nodes; node++) {
    radii[node] = 1.7 * usual * Math.sqrt(0.1 + 0.9 * Math.max(0, measure[node] / greatest));
  }
  return radii;
}

/** How many neighbors each node has. */
export function degreesOf(
  nodes: number,
  edges: { readonly sources: ArrayLike<number>; readonly targets: ArrayLike<number> },
): Uint32Array {
  const degrees = new Uint32Array(nodes);
  for (let edge = 0; edge < edges.sources.length; edge++) {
    degrees[edges.sources[edge]]++;
    degrees[edges.targets[edge]]++;
  }
  return degrees;
}
