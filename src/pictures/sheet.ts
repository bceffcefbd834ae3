import { chosenRounds, titleOf } from './film.ts';
import {
  type Drawing,
  FRAME,
  fitting,
  GRAPH_BOX,
  groundSvg,
  holding,
  INK,
  legend,
  QUIET,
  svg,
  text,
} from './frame.ts';
import type { Renderer } from './render.ts';

const COLUMNS = 3;
const MOST_PANELS = 6;
/** How large a graph is in a panel, beside a frame. */
const SHRUNK = 0.6;
/** Over a page's width, about 300 points an inch. */
const ZOOM = 1.5;
const MARGIN = 24;
const GAP = 20;
const HEADER = 52;
const TITLE = 32;
const FOOTER = 48;

/**
 * A picture of a run for a page: at most six of its rounds side by side, evenly chosen, the first and the last among
 * them, for `values` after each round from 0. Gives a PNG file.
 */
export function drawSheet(
  renderer: Renderer,
  { scene, scale, final, caption }: Drawing,
  values: readonly Float64Array[],
): Uint8Array {
  const rounds = values.length - 1;
  const chosen = chosenRounds(rounds, MOST_PANELS);
  const panel = { width: GRAPH_BOX.width * SHRUNK, height: GRAPH_BOX.height * SHRUNK + TITLE };
  const columns = Math.min(COLUMNS, chosen.length);
  const rows = Math.ceil(chosen.length / columns);
  const width = 2 * MARGIN + columns * panel.width + (columns - 1) * GAP;
  const height = HEADER + rows * panel.height + (rows - 1) * GAP + FOOTER;
  const content = [
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    definitions(renderer.png(groundSvg(scene), SHRUNK * ZOOM)),
    text(MARGIN, 34, fitting(caption, 17, width - 2 * MARGIN), QUIET, caption),
    legend(MARGIN, height - 22, scale, scene),
  ];
  for (const [index, round] of chosen.entries()) {
    const left = MARGIN + (index % columns) * (panel.width + GAP);
    const top = HEADER + Math.floor(index / columns) * (panel.height + GAP);
    content.push(
      text(left, top + 20, 18, INK, titleOf(round, rounds)),
      holding(left + panel.width, top + 20, 14, values[round], final),
      `<g transform="translate(${left} ${top + TITLE}) scale(${SHRUNK}) translate(${-GRAPH_BOX.left} ${-GRAPH_BOX.top})">`,
      `<g clip-path="url(#panel)"><use href="#ground"/></g>${scene.nodes(values[round], scale, final)}</g>`,
    );
  }
  return renderer.png(svg(width, height, content.join('\n')), ZOOM);
}

/** The ground, which all panels show, and the part of it that has the graph. */
function definitions(ground: Uint8Array): string {
  const { left, top, width, height } = GRAPH_BOX;
  const data = Buffer.from(ground).toString('base64');
  return `<defs><image id="ground" href="data:image/png;base64,${data}" width="${FRAME.width}" height="${FRAME.height}"/>
<clipPath id="panel"><rect x="${left}" y="${top}" width="${width}" height="${height}"/></clipPath></defs>`;
}
