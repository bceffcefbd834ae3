import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { svgFile } from '../charts/svg.ts';
import { type GraphMoment, graphPicture } from './graph-picture.ts';
import { paintOf } from './paint.ts';

const MOMENT: GraphMoment = {
  graph: {
    name: 'three',
    names: ['a', '<b>&"', 'c'],
    sources: [0, 1],
    targets: [1, 2],
    x: [0, 10, 20],
    y: [0, 5, 0],
    communities: [0, 0, 1],
  },
  paint: paintOf([2, 7, 2], { low: 2, high: 7 }, 2),
  scale: { low: 2, high: 7 },
  final: 2,
  isMean: false,
  sizes: null,
  communities: false,
  exchange: null,
  title: 'three, <script>',
  caption: 'round 1 of 4: 2 of 3 nodes hold 2',
  palette: { ground: 'rgb(255, 255, 255)', text: '#000', quiet: '#555', line: '#ccc' },
};

const svgOf = (moment: GraphMoment) => svgFile(graphPicture(moment), moment.palette.ground);
const count = (text: string, part: string) => text.split(part).length - 1;

test('nodes have the colors of their values, and rings where they hold the final one', () => {
  const svg = svgOf(MOMENT);
  // A ring and a disk a node, and the legend's ring.
  assert.is(count(svg, '<circle'), 7);
  assert.is(count(svg, 'r="12.15" fill="#f4511e"'), 2);
  assert.is(count(svg, 'r="9" fill="#440154"'), 2);
  assert.is(count(svg, 'r="9" fill="#fde725"'), 1);
  assert.match(svg, 'holds the final value, 2');
});

test('what comes from outside stands as text', () => {
  const svg = svgOf(MOMENT);
  assert.not.match(svg, '<script>');
  assert.not.match(svg, '<b>');
  assert.match(svg, '&lt;b&gt;&amp;&quot;');
});

test('an edge for each, the one in use above them', () => {
  assert.match(svgOf(MOMENT), /d="M30 \d+(\.\d+)?L490 /);
  assert.not.match(svgOf(MOMENT), 'stroke-width="5"');
  assert.match(svgOf({ ...MOMENT, exchange: { initiator: 1, partner: 2 } }), 'stroke-width="5"');
});

test('communities have rims, of colors of their own', () => {
  const svg = svgOf({ ...MOMENT, communities: true });
  assert.is(count(svg, 'r="15.3" fill="#4477aa"'), 2);
  assert.is(count(svg, 'r="15.3" fill="#ee6677"'), 1);
  assert.match(svg, 'rims: 2 communities');
});

test('mean is come close to', () => {
  assert.match(svgOf({ ...MOMENT, isMean: true }), 'within the tolerance of 2');
});

test('a graph of one node can be drawn', () => {
  const graph = {
    ...MOMENT.graph,
    names: ['a'],
    sources: [],
    targets: [],
    x: [3],
    y: [4],
    communities: [0],
  };
  const svg = svgOf({ ...MOMENT, graph, paint: paintOf([2], MOMENT.scale, 2) });
  assert.not.match(svg, 'NaN');
  assert.not.match(svg, 'Infinity');
});

test.run();
