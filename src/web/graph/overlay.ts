import type Sigma from 'sigma';
import type { Coordinates } from 'sigma/types';
import { rgb, type Theme } from './theme.ts';

/** What is marked in a drawn graph, above its nodes. */
export interface Marks {
  selected: number | null;
  exchange: { readonly initiator: number; readonly partner: number } | null;
  hovered: number | null;
}

/** Draws the marks; `textOf` says what stands beside a node that is pointed at, selected or in the exchange. */
export function drawMarks(
  context: CanvasRenderingContext2D,
  renderer: Sigma,
  { selected, exchange, hovered }: Marks,
  theme: Theme,
  textOf: (node: number) => string,
): void {
  const { width, height } = renderer.getDimensions();
  const ratio = context.canvas.width / Math.max(1, width);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  const place = (node: number) => placeOf(renderer, node);
  if (exchange !== null) {
    const [from, to] = [place(exchange.initiator), place(exchange.partner)];
    arrow(context, from, to, theme);
    for (const end of [from, to]) circle(context, end, end.radius + 2.5, 3, rgb(theme.accent));
  }
  if (selected !== null) {
    const at = place(selected);
    circle(context, at, at.radius + 5, 4, rgb(theme.ground));
    circle(context, at, at.radius + 5, 2, rgb(theme.text));
  }
  const named = new Set([exchange?.initiator, exchange?.partner, selected, hovered]);
  for (const node of named) {
    if (node !== null && node !== undefined) name(context, place(node), textOf(node), theme);
  }
}

interface Disc extends Coordinates {
  readonly radius: number;
}

function placeOf(renderer: Sigma, node: number): Disc {
  const data = renderer.getNodeDisplayData(String(node))!;
  return { ...renderer.framedGraphToViewport(data), radius: renderer.scaleSize(data.size) * 1.35 };
}

function circle(
  context: CanvasRenderingContext2D,
  { x, y }: Coordinates,
  radius: number,
  width: number,
  color: string,
): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.lineWidth = width;
  context.strokeStyle = color;
  context.stroke();
}

/** From a disk's border to another's, with a head there. */
function arrow(
  context: CanvasRenderingContext2D,
  from: Disc,
  to: Disc,
  { accent, ground }: Theme,
): void {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length < from.radius + to.radius + 6) return;
  const [x, y] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const [start, end] = [from.radius + 4, length - to.radius - 4];
  const head = Math.min(12, (end - start) / 2);
  const at = (along: number, aside = 0): [number, number] => [
    from.x + x * along - y * aside,
    from.y + y * along + x * aside,
  ];
  for (const [width, color] of [
    [8, ground],
    [4, accent],
  ] as const) {
    context.lineWidth = width;
    context.strokeStyle = rgb(color);
    context.fillStyle = rgb(color);
    context.beginPath();
    context.moveTo(...at(start));
    context.lineTo(...at(end - head));
    context.stroke();
    context.beginPath();
    context.moveTo(...at(end + width / 2 - 2));
    context.lineTo(...at(end - head, head * 0.6 + width / 2 - 2));
    context.lineTo(...at(end - head, 2 - head * 0.6 - width / 2));
    context.fill();
  }
}

/** A text on the ground's color, beside a disk. */
function name(
  context: CanvasRenderingContext2D,
  { x, y, radius }: Disc,
  text: string,
  theme: Theme,
): void {
  context.font = '600 13px system-ui, sans-serif';
  const width = context.measureText(text).width + 10;
  // To the left where the right has no room.
  const room = context.canvas.clientWidth || Number.POSITIVE_INFINITY;
  const left = x + radius + 8 + width > room ? x - radius - 8 - width : x + radius + 8;
  context.fillStyle = rgb(theme.ground);
  context.strokeStyle = rgb(theme.line);
  context.lineWidth = 1;
  context.beginPath();
  context.roundRect(left, y - 10, width, 20, 4);
  context.fill();
  context.stroke();
  context.fillStyle = rgb(theme.text);
  context.fillText(text, left + 5, y + 4.5);
}
