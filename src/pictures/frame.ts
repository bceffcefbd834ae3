import { hex, RING, valueColor } from './colors.ts';
import { holdingText, shortNumber } from './film.ts';
import { FONT } from './render.ts';
import type { Box, Scale, Scene } from './scene.ts';
import { xmlText } from './xml.ts';

/** The size of a frame in pixels: four to three, as slides are. */
export const FRAME = { width: 800, height: 600 } as const;
/** The part of a frame that the graph has. */
export const GRAPH_BOX: Box = { left: 24, top: 72, width: 752, height: 474 };

/** The color of what is read first, and that of all other text. */
export const INK = '#22282c';
export const QUIET = '#59636a';

/** What is the same in all pictures of a run. */
export interface Drawing {
  readonly scene: Scene;
  readonly scale: Scale;
  /** The value that all nodes hold in the end; null where there is none. */
  readonly final: number | null;
  /** The graph, the algorithm, the run. */
  readonly caption: string;
}

/** What lies below the nodes in all frames, as an SVG document. */
export function groundSvg({ ground }: Scene): string {
  const { width, height } = FRAME;
  return svg(width, height, `<rect width="${width}" height="${height}" fill="#fff"/>${ground}`);
}

/** A frame's nodes and texts as an SVG document, to be laid over the ground; `title` says its round. */
export function frameSvg(
  { scene, scale, final, caption }: Drawing,
  values: Float64Array,
  title: string,
): string {
  const { left, width } = GRAPH_BOX;
  const bottom = FRAME.height - 20;
  return svg(
    FRAME.width,
    FRAME.height,
    `${scene.nodes(values, scale, final)}
${text(left, 36, 26, INK, title)}
${text(left, 60, fitting(caption, 15, width), QUIET, caption)}
${legend(left, bottom, scale, scene)}
${holding(left + width, bottom, 15, values, final)}`,
  );
}

/** An SVG document. */
export function svg(width: number, height: number, content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="${FONT}">
${content}
</svg>`;
}

/** A line of text whose baseline begins, or ends, at a point. */
export function text(
  x: number,
  y: number,
  size: number,
  color: string,
  content: string,
  anchor: 'start' | 'end' = 'start',
): string {
  return `<text x="${x}" y="${y}" font-size="${size}" fill="${color}" text-anchor="${anchor}">${xmlText(content)}</text>`;
}

/** The size at which a text is no wider than so many pixels, if it is wider at this one. */
export function fitting(content: string, size: number, width: number): number {
  return Math.min(size, width / (content.length * 0.55));
}

/** How many nodes hold the final value, after the ring that these have; it ends at a point. */
export function holding(
  x: number,
  y: number,
  size: number,
  values: Float64Array,
  final: number | null,
): string {
  if (final === null) return '';
  const line = holdingText(values, final);
  const ring = x - line.length * size * 0.53 - size * 0.5;
  return `<circle cx="${ring}" cy="${y - size * 0.36}" r="${size * 0.3}" fill="none" stroke="${hex(RING)}" stroke-width="${size * 0.14}"/>
${text(x, y, size, QUIET, line, 'end')}`;
}

const BAR = 160;
/** About what a digit is wide, at the size of the legend's text. */
const DIGIT = 9.5;

/** Which color stands for which value, and what the outlines are; `y` is the text's baseline. */
export function legend(x: number, y: number, { low, high }: Scale, { communities }: Scene): string {
  const [least, greatest] = [shortNumber(low), shortNumber(high)];
  const bar = x + 50 + DIGIT * least.length;
  let stops = '';
  for (let part = 0; part <= 16; part++) {
    stops += `<stop offset="${part / 16}" stop-color="${hex(valueColor(part / 16))}"/>`;
  }
  const outlined =
    communities === null
      ? ''
      : text(
          bar + BAR + 30 + DIGIT * greatest.length,
          y,
          15,
          QUIET,
          `outlined: ${communities} ${communities === 1 ? 'community' : 'communities'}`,
        );
  return `<linearGradient id="values">${stops}</linearGradient>
${text(x, y, 15, QUIET, `value ${least}`)}
<rect x="${bar}" y="${y - 11}" width="${BAR}" height="12" fill="url(#values)"/>
${text(bar + BAR + 8, y, 15, QUIET, greatest)}${outlined}`;
}
