import { EdgeLineProgram, EdgeRectangleProgram } from 'sigma/rendering';
import type { Settings } from 'sigma/settings';
import type { NodeDisplayData } from 'sigma/types';
import { rgb, type Theme } from './theme.ts';

/** Graphs of no more nodes have all their names written. */
export const FEW_NODES = 80;
/** More nodes are drawn without names while the camera moves. */
const MANY_NODES = 1000;
/** Of more edges than these, all are thin lines: wider ones take long where there is no GPU. */
const MANY_EDGES = 600;
/** Of more, none are drawn while the camera moves. */
const TOO_MANY_EDGES = 20_000;

/** How sigma draws a graph of that size, whatever the theme. */
export function sigmaSettings(nodes: number, edges: number): Partial<Settings> {
  return {
    allowInvalidContainer: true,
    defaultNodeType: 'disc',
    defaultEdgeType: 'edge',
    edgeProgramClasses: { edge: edges > MANY_EDGES ? EdgeLineProgram : EdgeRectangleProgram },
    defaultDrawNodeHover: () => {},
    labelSize: 12,
    labelRenderedSizeThreshold: nodes <= FEW_NODES ? 0 : 6,
    labelDensity: nodes <= FEW_NODES ? 10 : 1,
    hideEdgesOnMove: edges > TOO_MANY_EDGES,
    hideLabelsOnMove: nodes > MANY_NODES,
    minCameraRatio: 0.02,
    maxCameraRatio: 4,
    stagePadding: 28,
    minEdgeThickness: 1.5,
    zoomingRatio: 1.4,
  };
}

/** What follows from the theme. Edges are the paler the more there are. */
export function themeSettings(edges: number, { line, text, ground }: Theme): Partial<Settings> {
  const opacity = edges <= MANY_EDGES ? 0.8 : Math.max(0.03, 8 / Math.sqrt(edges));
  // Sigma lays colors over each other as if they were multiplied by their opacity.
  const parts = line.map((part) => Math.round(part * opacity));
  return {
    defaultEdgeColor: `rgba(${parts.join(', ')}, ${opacity.toFixed(3)})`,
    defaultDrawNodeLabel: (context, data, { labelSize }) => {
      drawLabel(context, data, labelSize, rgb(text), rgb(ground));
    },
  };
}

/** A name beside its node, on a rim of the ground's color. */
function drawLabel(
  context: CanvasRenderingContext2D,
  { label, x, y, size }: Pick<NodeDisplayData, 'label' | 'x' | 'y' | 'size'>,
  height: number,
  color: string,
  ground: string,
): void {
  if (!label) return;
  context.font = `${height}px system-ui, sans-serif`;
  context.lineJoin = 'round';
  context.lineWidth = 3;
  context.strokeStyle = ground;
  context.strokeText(label, x + 1.35 * size + 3, y + height / 3);
  context.fillStyle = color;
  context.fillText(label, x + 1.35 * size + 3, y + height / 3);
}
