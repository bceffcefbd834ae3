import type { Graph } from '../graph/index.ts';
import { communityColors, hex, RING, valueColor } from './colors.ts';
import { bounds, type Layout } from './layout.ts';

/** A rectangle of a picture, in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The values that the colors of a picture stand for: from `low` to `high`. */
export interface Scale {
  readonly low: number;
  readonly high: number;
}

/** A graph in its place: what is the same in all frames of all its runs. */
export interface Scene {
  /** Communities and edges, which lie below the nodes, as SVG elements. */
  readonly ground: string;
  /** How many communities are outlined; null: none are to be seen. */
  readonly communities: number | null;
  /** The nodes as SVG elements, each in the color of its value; those that hold `final` have a ring. */
  nodes(values: ArrayLike<number>, scale: Scale, final: number | null): string;
}

/** Draws a graph into a box; `communities` by node, null where none are to be seen. */
export function createScene(
  graph: Graph,
  communities: ArrayLike<number> | null,
  layout: Layout,
  box: Box,
): Scene {
  const { nodeCount } = graph;
  const room = Math.sqrt((box.width * box.height) / nodeCount);
  const radius = Math.min(9, Math.max(2, room * 0.14));
  const outline = communities === null ? 0 : Math.min(3 * radius, room * 0.55);
  const { x, y } = fit(layout, box, Math.max(radius + 1, outline + 1));
  const places = Array.from({ length: nodeCount }, (_, node) => `${x[node]} ${y[node]}`);
  const circles = Array.from(
    { length: nodeCount },
    (_, node) => `<circle cx="${x[node]}" cy="${y[node]}" r="${round(radius)}" fill="`,
  );
  return {
    communities: communities === null ? null : new Set(Array.from(communities)).size,
    ground: `${communitiesOf(communities, places, outline)}${edgesOf(graph, places)}`,
    nodes(values, { low, high }, final) {
      // Halved, so that no difference of two numbers is beyond the greatest.
      const width = high / 2 - low / 2;
      let others = '';
      let ringed = '';
      for (let node = 0; node < nodeCount; node++) {
        const share = width === 0 ? 0 : (values[node] / 2 - low / 2) / width;
        const circle = `${circles[node]}${hex(valueColor(share))}"/>`;
        if (values[node] === final) ringed += circle;
        else others += circle;
      }
      return `<g stroke="#fff" stroke-width="${round(radius * 0.2)}">${others}</g>
<g stroke="${hex(RING)}" stroke-width="${round(radius * 0.36)}">${ringed}</g>`;
    },
  };
}

/** Scales a layout to fill a box, but for a margin. */
function fit(layout: Layout, box: Box, margin: number): { x: number[]; y: number[] } {
  const [left, right] = bounds(layout.x);
  const [top, bottom] = bounds(layout.y);
  const scale = Math.min(
    (box.width - 2 * margin) / (right - left || 1),
    (box.height - 2 * margin) / (bottom - top || 1),
  );
  const [middle, center] = [box.left + box.width / 2, box.top + box.height / 2];
  return {
    x: Array.from(layout.x, (at) => round(middle + (at - (left + right) / 2) * scale)),
    y: Array.from(layout.y, (at) => round(center + (at - (top + bottom) / 2) * scale)),
  };
}

/** Each community as the union of disks around its nodes: all disks in the outline's color, then smaller pale ones. */
function communitiesOf(
  communities: ArrayLike<number> | null,
  places: readonly string[],
  radius: number,
): string {
  if (communities === null) return '';
  const dots = new Map<number, string>();
  for (const [node, place] of places.entries()) {
    const community = communities[node];
    dots.set(community, `${dots.get(community) ?? ''}M${place}h.01`);
  }
  let text = '<g fill="none" stroke-linecap="round">';
  for (const [community, path] of [...dots].sort(([a], [b]) => a - b)) {
    const { outline, area } = communityColors(community);
    text += `<path d="${path}" stroke="${hex(outline)}" stroke-width="${round(2 * radius)}"/>`;
    text += `<path d="${path}" stroke="${hex(area)}" stroke-width="${round(2 * radius - 2)}"/>`;
  }
  return `${text}</g>`;
}

/** All edges as one path, thinner and paler the more there are. */
function edgesOf(graph: Graph, places: readonly string[]): string {
  const { nodeCount, edgeCount, offsets, neighbors } = graph;
  let path = '';
  for (let node = 0; node < nodeCount; node++) {
    for (let slot = offsets[node]; slot < offsets[node + 1]; slot++) {
      if (neighbors[slot] > node) path += `M${places[node]}L${places[neighbors[slot]]}`;
    }
  }
  if (path === '') return '';
  const opacity = Math.min(0.5, 16 / Math.sqrt(edgeCount));
  const width = edgeCount <= 500 ? 1 : 0.6;
  return `<path d="${path}" fill="none" stroke="#707a80" stroke-width="${width}" stroke-opacity="${round(opacity)}"/>`;
}

function round(length: number): number {
  return Math.round(length * 100) / 100;
}
