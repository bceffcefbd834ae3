import type { GraphPicture } from '../../gen/gossip/v1/simulation_pb.ts';
import { type Color, communityColors, hex, RING } from '../../pictures/colors.ts';
import { shortNumber } from '../../pictures/film.ts';
import { label, line, type Palette, type Picture, round, type Shape } from '../charts/svg.ts';
import { type Paint, type Scale, SHADE_COLORS } from './paint.ts';
import { radiiOf } from './radii.ts';
import { ringText } from './ring-text.ts';
import { shortName } from './short-name.ts';

/** What a file shows of a graph at a moment. */
export interface GraphMoment {
  readonly graph: Omit<GraphPicture, '$typeName'>;
  readonly paint: Paint;
  readonly scale: Scale;
  /** What nodes with a ring hold, or, for mean, come close to. */
  readonly final: number;
  readonly isMean: boolean;
  /** By node: the measure that areas grow with, or null. */
  readonly sizes: ArrayLike<number> | null;
  readonly communities: boolean;
  readonly exchange: { readonly initiator: number; readonly partner: number } | null;
  /** What is shown, and at which moment. */
  readonly title: string;
  readonly caption: string;
  readonly palette: Palette;
}

const WIDTH = 1000;
const HEIGHT = 800;
const BOX = { left: 30, top: 90, width: 920, height: 640 };
/** Graphs of no more nodes have their names written. */
const FEW_NODES = 80;

/** All of a graph at a moment, for a file. */
export function graphPicture(moment: GraphMoment): Picture {
  const { graph, paint, sizes, palette, title, caption, exchange } = moment;
  const nodes = graph.x.length;
  const radii = radiiOf(nodes, sizes, BOX.width * BOX.height);
  const { x, y } = placesOf(graph);
  const shapes: Shape[] = [
    label(title, [BOX.left, 34], palette.text, { size: 20 }),
    label(caption, [BOX.left, 60], palette.quiet, { size: 15 }),
    edgesOf(graph, x, y, palette),
  ];
  if (exchange !== null) {
    const [from, to] = [exchange.initiator, exchange.partner];
    shapes.push(line([x[from], y[from]], [x[to], y[to]], hex(RING), 5));
  }
  for (let node = 0; node < nodes; node++) {
    const isRinged = paint.ringed[node] === 1;
    if (moment.communities) {
      const rim = hex(communityColors(graph.communities[node]).outline);
      shapes.push(disc(x[node], y[node], 1.7 * radii[node], rim));
    }
    const around = isRinged ? hex(RING) : palette.ground;
    shapes.push(disc(x[node], y[node], (isRinged ? 1.35 : 1.12) * radii[node], around));
    shapes.push(disc(x[node], y[node], radii[node], shadeOf(paint.shades[node])));
  }
  if (nodes <= FEW_NODES) {
    for (let node = 0; node < nodes; node++) {
      const at = [x[node] + 1.7 * radii[node] + 2, y[node] + 4] as const;
      shapes.push(onGround(label(shortName(graph.names[node]), at, palette.text), palette));
    }
  }
  shapes.push(...legendOf(moment));
  return { width: WIDTH, height: HEIGHT, title: `${title}, ${caption}`, shapes };
}

/** Scales the places of nodes to fill the box. */
function placesOf({ x, y }: GraphMoment['graph']): { x: number[]; y: number[] } {
  const [left, right] = bounds(x);
  const [top, bottom] = bounds(y);
  const scale = Math.min(BOX.width / (right - left || 1), BOX.height / (bottom - top || 1));
  const [middle, center] = [BOX.left + BOX.width / 2, BOX.top + BOX.height / 2];
  return {
    x: x.map((at) => round(middle + (at - (left + right) / 2) * scale)),
    y: y.map((at) => round(center + (at - (top + bottom) / 2) * scale)),
  };
}

function bounds(coordinates: readonly number[]): [least: number, greatest: number] {
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  for (const at of coordinates) {
    least = Math.min(least, at);
    greatest = Math.max(greatest, at);
  }
  return [least, greatest];
}

/** All edges as one path, paler the more there are. */
function edgesOf(
  { sources, targets }: GraphMoment['graph'],
  x: readonly number[],
  y: readonly number[],
  { quiet }: Palette,
): Shape {
  let d = '';
  for (let edge = 0; edge < sources.length; edge++) {
    const [from, to] = [sources[edge], targets[edge]];
    d += `M${x[from]} ${y[from]}L${x[to]} ${y[to]}`;
  }
  const opacity = round(Math.min(0.7, 20 / Math.sqrt(Math.max(1, sources.length))));
  return {
    tag: 'path',
    attributes: { d, fill: 'none', stroke: quiet, 'stroke-opacity': opacity, 'stroke-width': 1 },
  };
}

function legendOf({ scale, final, isMean, palette, communities, graph }: GraphMoment): Shape[] {
  const y = HEIGHT - 24;
  const text = (content: string, x: number) => label(content, [x, y], palette.quiet, { size: 15 });
  const bar = Array.from({ length: 32 }, (_, step): Shape => {
    const fill = shadeOf(Math.round((step / 31) * 255));
    return {
      tag: 'rect',
      attributes: { x: 150 + 5 * step, y: y - 12, width: 5.5, height: 13, fill },
    };
  });
  const ring: Shape = {
    tag: 'circle',
    attributes: { cx: 420, cy: y - 5, r: 6, fill: 'none', stroke: hex(RING), 'stroke-width': 2.5 },
  };
  const shapes = [
    text(`value ${shortNumber(scale.low)}`, BOX.left),
    ...bar,
    text(shortNumber(scale.high), 320),
    ring,
    text(ringText(final, isMean), 434),
  ];
  if (communities) shapes.push(text(`rims: ${new Set(graph.communities).size} communities`, 760));
  return shapes;
}

/** A text that can be read wherever it stands. */
function onGround(text: Shape, { ground }: Palette): Shape {
  const halo = { stroke: ground, 'stroke-width': 3, 'paint-order': 'stroke' };
  return { ...text, attributes: { ...text.attributes, ...halo } };
}

function disc(cx: number, cy: number, radius: number, fill: string): Shape {
  return { tag: 'circle', attributes: { cx, cy, r: round(radius), fill } };
}

function shadeOf(shade: number): string {
  return hex([...SHADE_COLORS.subarray(3 * shade, 3 * shade + 3)] as unknown as Color);
}
