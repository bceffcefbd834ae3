import { xmlText } from '../../pictures/xml.ts';

/** An element of a picture, as SVG has it. */
export interface Shape {
  readonly tag: 'circle' | 'line' | 'path' | 'rect' | 'text';
  readonly attributes: Readonly<Record<string, string | number>>;
  /** What a text says; of others, what is said where they are pointed at. */
  readonly text?: string;
}

/** A picture of shapes, the same on the page and in a file. Sizes in pixels. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly shapes: readonly Shape[];
}

/** What the parts of a chart are painted in, as CSS colors. */
export interface Palette {
  readonly ground: string;
  readonly text: string;
  readonly quiet: string;
  readonly line: string;
}

/** The palette of the page, light or dark as it is. */
export const PAGE_PALETTE: Palette = {
  ground: 'var(--ground)',
  text: 'var(--text)',
  quiet: 'var(--quiet)',
  line: 'var(--line)',
};

/** A picture as a file. */
export function svgFile({ width, height, title, shapes }: Picture, ground: string): string {
  const size = `width="${width}" height="${height}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif">`,
    `<title>${xmlText(title)}</title>`,
    `<rect ${size} fill="${xmlText(ground)}"/>`,
    ...shapes.map(element),
    '</svg>\n',
  ].join('\n');
}

function element({ tag, attributes, text }: Shape): string {
  const written = Object.entries(attributes).map(
    ([name, value]) => ` ${name}="${xmlText(`${value}`)}"`,
  );
  const opened = `<${tag}${written.join('')}`;
  if (text === undefined) return `${opened}/>`;
  return tag === 'text'
    ? `${opened}>${xmlText(text)}</text>`
    : `${opened}><title>${xmlText(text)}</title></${tag}>`;
}

/** A line between two points. */
export function line(
  [x1, y1]: readonly [number, number],
  [x2, y2]: readonly [number, number],
  stroke: string,
  width = 1,
): Shape {
  return {
    tag: 'line',
    attributes: {
      x1: round(x1),
      y1: round(y1),
      x2: round(x2),
      y2: round(y2),
      stroke,
      'stroke-width': width,
    },
  };
}

/** Text on a base line. */
export function label(
  text: string,
  [x, y]: readonly [number, number],
  fill: string,
  { anchor = 'start', size = 12 }: { anchor?: 'start' | 'middle' | 'end'; size?: number } = {},
): Shape {
  return {
    tag: 'text',
    attributes: { x: round(x), y: round(y), fill, 'text-anchor': anchor, 'font-size': size },
    text,
  };
}

/** To a hundredth of a pixel. */
export function round(pixels: number): number {
  return Math.round(pixels * 100) / 100;
}
