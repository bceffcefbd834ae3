import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ring } from '../graph/generators/index.ts';
import { adjacencyText, type Graph } from '../graph/index.ts';
import { createPictures, type PicturedRun, type PictureObject } from './pictures.ts';

const place = {
  simulation: 'sim',
  folder: 'sim-1',
  graph: 'ring',
  execution: 1,
  executions: 1,
  run: 2,
  repetitions: 3,
};
const values = [
  Float64Array.of(5, 3, 4, 9, 8, 7),
  Float64Array.of(3, 3, 3, 4, 5, 5),
  Float64Array.of(3, 3, 3, 3, 3, 3),
];
const RUN: PicturedRun = { place, caption: 'ring', values };

async function drawn(graph: Graph, run = RUN, signal = new AbortController().signal) {
  const pictures = createPictures({
    graph,
    adjacencyText: adjacencyText(graph),
    communities: null,
    date: '2026-01-02',
    creator: 'test',
  });
  const objects: PictureObject[] = [];
  for await (const object of pictures.of(run, signal)) objects.push(object);
  return objects;
}
const bytesOf = ({ content }: PictureObject) => Buffer.concat([content].flat() as Uint8Array[]);

/** Walks through a GIF's blocks; gives the size, and how long each frame is shown in hundredths of a second. */
function readGif(gif: Buffer): { size: number[]; delays: number[] } {
  assert.is(gif.toString('latin1', 0, 6), 'GIF89a');
  const delays: number[] = [];
  let frames = 0;
  let at = 13 + 3 * 2 ** ((gif[10] & 7) + 1);
  const skip = () => {
    while (gif[at] !== 0) at += gif[at] + 1;
    at++;
  };
  for (;;) {
    const block = gif[at++];
    if (block === 0x3b) break;
    if (block === 0x21) {
      if (gif[at++] === 0xf9) delays.push(gif.readUInt16LE(at + 2));
      skip();
    } else {
      assert.is(block, 0x2c, `a block of kind ${block} at ${at}`);
      frames++;
      at += 10;
      skip();
    }
  }
  assert.is(at, gif.length);
  assert.is(frames, delays.length);
  return { size: [gif.readUInt16LE(6), gif.readUInt16LE(8)], delays };
}

test('a GEXF a round, a GIF, a PNG, and the same bytes each time', async () => {
  const objects = await drawn(ring(6));
  assert.equal(
    objects.map(({ key, contentType }) => [key, contentType]),
    [
      ['sim-1/ring/run-2/rounds/ring-round-0.gexf', 'application/xml'],
      ['sim-1/ring/run-2/rounds/ring-round-1.gexf', 'application/xml'],
      ['sim-1/ring/run-2/rounds/ring-round-2.gexf', 'application/xml'],
      ['sim-1/_gossip/ring/run-2/sim_rounds.gif', 'image/gif'],
      ['sim-1/_gossip/ring/run-2/sim_rounds.png', 'image/png'],
    ],
  );
  const [, , , gif, png] = objects.map(bytesOf);
  const { size, delays } = readGif(gif);
  assert.equal(size, [800, 600]);
  assert.equal(delays, [70, 9, 9, 9, 9, 70, 9, 9, 9, 9, 200]);
  assert.is(png.toString('latin1', 1, 4), 'PNG');
  assert.ok(png.readUInt32BE(16) > 2000, 'wide enough for a page');
  const again = (await drawn(ring(6))).map(bytesOf);
  assert.ok(objects.every((object, index) => bytesOf(object).equals(again[index])));
});

test('values that are no integers are doubles in all rounds', async () => {
  const halves = values.map((held) => held.map((value, node) => (node === 0 ? value : value / 2)));
  const large = { ...ring(6), edgeCount: 20_001 };
  for (const [run, type] of [
    [RUN, 'long'],
    [{ ...RUN, values: halves }, 'double'],
  ] as const) {
    const objects = await drawn(large, run);
    assert.is(objects.length, 3, 'a graph too large to be drawn has GEXF only');
    for (const object of objects) {
      assert.match(bytesOf(object).toString(), `<attribute id="0" title="value" type="${type}" />`);
    }
  }
});

test('a signal ends it, also within a film', async () => {
  const controller = new AbortController();
  const long = Array.from({ length: 90 }, () => values[0]);
  const pictures = drawn(ring(6), { ...RUN, values: long }, controller.signal);
  setTimeout(() => controller.abort(new Error('enough')), 1);
  const error = await pictures.then(
    () => null,
    (reason: Error) => reason,
  );
  assert.is(error?.message, 'enough');
});

test.run();
