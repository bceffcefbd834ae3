import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { GossipError } from '../errors.ts';
import { parseResources, readResources } from './resources.ts';

const EXAMPLES = ['karate', 'gnutella', 'sweep'].map((name) =>
  fileURLToPath(new URL(`../../examples/${name}.yaml`, import.meta.url)),
);
const MOST = 2 ** 20;
const named = (name: string, content: string | Uint8Array) => ({
  name,
  content: typeof content === 'string' ? new TextEncoder().encode(content) : content,
});

async function errorOf(promise: Promise<unknown>): Promise<GossipError> {
  const error = await promise.catch((error: unknown) => error);
  if (!(error instanceof GossipError)) throw error;
  return error;
}

test('what is in memory is read as what is on the disk', async () => {
  const files = EXAMPLES.map((path) => named(path, readFileSync(path)));
  assert.equal(await parseResources(files, MOST), await readResources(EXAMPLES));
  const list = '0 1\n1 2\n2 2 5\n';
  const [plain, packed] = await Promise.all([
    parseResources([named('a/g.txt', list)], MOST),
    parseResources([named('a/g.txt.gz', gzipSync(list))], MOST),
  ]);
  assert.is(plain.graphs[0].name, 'g');
  assert.equal(packed.graphs[0].graph, plain.graphs[0].graph);
  assert.is(plain.warnings.length, 2);
  const yaml = gzipSync(readFileSync(EXAMPLES[2]));
  const { simulations } = await parseResources([named('s.yaml.gz', yaml)], MOST);
  assert.is(simulations[0].name, 'sweep');
});

test('no file is opened by its name', async () => {
  const { graphs } = await parseResources(
    [named(EXAMPLES[0].replace('.yaml', '.txt'), '0 1')],
    MOST,
  );
  assert.is(graphs[0].graph.nodeCount, 2);
});

test('the size of all that is unpacked is limited', async () => {
  const zeros = gzipSync(Buffer.alloc(300_000, ' '));
  for (const name of ['a.txt.gz', 'a.yaml.gz', 'a.gexf.gz', 'a.adjlist.gz']) {
    const error = await errorOf(parseResources([named(name, zeros)], 200_000));
    assert.match(error.message, /^a\..*: all files together have more than 0 MiB/);
  }
  const halves = ['a.txt', 'b.txt'].map((name) => named(name, `0 1\n${' '.repeat(600_000)}`));
  assert.match(
    (await errorOf(parseResources(halves, MOST))).message,
    /^b\.txt: .* more than 1 MiB/,
  );
  const { graphs } = await parseResources(halves.slice(1), MOST);
  assert.is(graphs.length, 1);
});

test('all files that are wrong are told of, and all fields of one', async () => {
  const simulation = (spec: string) =>
    `apiVersion: gossip.io/v1\nkind: Simulation\nmetadata: {name: a}\nspec: {graphSelector: {matchLabels: {name: g}}, ${spec}}\n`;
  const error = await errorOf(
    parseResources(
      [
        named('a.yaml', simulation('repetitions: 0, tolerance: 3, foo: 1, factor: [1, -2]')),
        named('b.txt', '0\n'),
        named('c.txt', '0 1\n'),
      ],
      MOST,
    ),
  );
  assert.match(error.message, /^a\.yaml, line 4: spec\.foo: unknown field/);
  assert.equal(
    [error, ...error.others].map(({ field }) => field),
    ['spec.foo', 'spec.repetitions', 'spec.factor[1]', 'spec.tolerance', null],
  );
  assert.match(error.others.at(-1)!.message, /^b\.txt, line 1: one label only/);
});

test.run();
