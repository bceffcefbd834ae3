import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { graphFromEdges } from '../graph/index.ts';
import { communityColors, RING, valueColor } from './colors.ts';
import { FRAME, frameSvg, GRAPH_BOX, groundSvg, svg } from './frame.ts';
import { laidOver, openRenderer } from './render.ts';
import { createScene } from './scene.ts';

const renderer = await openRenderer();
const at = (pixels: Uint8Array, x: number, y: number) => [
  ...pixels.subarray(4 * (y * FRAME.width + x), 4 * (y * FRAME.width + x) + 3),
];

/** Three nodes in a row: at the left, in the middle and at the right of the box. */
const graph = graphFromEdges(3, Uint32Array.of(0, 1), Uint32Array.of(1, 2));
const layout = { x: Float64Array.of(0, 1, 2), y: Float64Array.of(0, 0, 0) };
const middle = GRAPH_BOX.top + GRAPH_BOX.height / 2;
const center = FRAME.width / 2;

test('nodes have the colors of their values, above the edges', () => {
  const scene = createScene(graph, null, layout, GRAPH_BOX);
  const drawing = { scene, scale: { low: 10, high: 30 }, final: null, caption: '<a> & "b"' };
  const frame = frameSvg(drawing, Float64Array.of(10, 20, 30), 'round 1 of 2');
  const pixels = laidOver(renderer.pixels(groundSvg(scene)), renderer.pixels(frame));
  assert.equal(at(pixels, center, middle), [...valueColor(0.5)]);
  assert.equal(at(pixels, GRAPH_BOX.left + 10, middle), [...valueColor(0)]);
  assert.equal(at(pixels, FRAME.width - GRAPH_BOX.left - 10, middle), [...valueColor(1)]);
  const [red] = at(pixels, center / 2, middle);
  assert.ok(red < 230, 'an edge');
  assert.equal(at(pixels, center, middle + 100), [255, 255, 255]);
});

test('equal values, and the greatest there can be', () => {
  const scene = createScene(graph, null, layout, GRAPH_BOX);
  const low = scene.nodes([7, 7, 7], { low: 7, high: 7 }, null);
  assert.not.match(low, /NaN/);
  const greatest = scene.nodes([-1e308, 0, 1e308], { low: -1e308, high: 1e308 }, null);
  assert.match(greatest, /#440154.*#21918c.*#fde725/s);
});

test('who holds the final value has a ring', () => {
  const scene = createScene(graph, null, layout, GRAPH_BOX);
  const drawing = { scene, scale: { low: 0, high: 9 }, final: 0, caption: '' };
  const frame = frameSvg(drawing, Float64Array.of(9, 0, 9), 'round 1 of 2');
  assert.match(frame, /1 of 3 nodes hold 0/);
  const pixels = renderer.pixels(frame);
  const colors = Array.from({ length: 20 }, (_, i) => at(pixels, center + i, middle).join());
  assert.ok(colors.includes(RING.join()), colors.join(' '));
});

test('communities are outlined, and counted', () => {
  const scene = createScene(graph, [0, 0, 1], layout, GRAPH_BOX);
  assert.is(scene.communities, 2);
  const pixels = renderer.pixels(groundSvg(scene));
  assert.equal(at(pixels, center, middle + 15), [...communityColors(0).area]);
  const down = Array.from({ length: 60 }, (_, i) => at(pixels, center, middle + i).join());
  assert.ok(down.includes(communityColors(0).outline.join()), down.join(' '));
  assert.is(down.at(-1), '255,255,255');
});

test('what is clear shows the ground, what is half clear half of it', () => {
  const half = svg(2, 1, '<rect width="1" height="1" fill="#f00" opacity=".5"/>');
  const over = laidOver(Uint8Array.of(0, 0, 255, 255, 1, 2, 3, 255), renderer.pixels(half));
  assert.equal([...over], [128, 0, 127, 255, 1, 2, 3, 255]);
});

test.run();
