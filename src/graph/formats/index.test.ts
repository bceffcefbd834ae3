import { mkdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { adjacencyLines } from '../adjacency-text.ts';
import { graphFromEdges } from '../builder.ts';
import { contentHash } from '../content-hash.ts';
import { isGraphFile, parseGraphResource, readGraphFile } from './index.ts';
import { messageOf, withFile } from './temporary-file.ts';

const read = (name: string, content: string | Uint8Array) => withFile(name, content, readGraphFile);

test('extensions, also with .gz and in capitals', () => {
  for (const extension of 'txt edges edgelist el csv tsv adj adjlist gexf graphml'.split(' ')) {
    assert.ok(isGraphFile(`a.b/c.${extension}`), extension);
    assert.ok(isGraphFile(`C.${extension.toUpperCase()}.GZ`), extension);
  }
  for (const path of ['a.yaml', 'a', 'txt', 'a.gz', 'a.txt.zip', 'a.txt/b']) {
    assert.not(isGraphFile(path), path);
  }
});

test('an extension nobody knows, no file, a folder', async () => {
  assert.match(
    await messageOf(readGraphFile('a.mtx')),
    /^a\.mtx: the extension .* \.txt \.edges .* \.graphml, each also with \.gz/,
  );
  assert.match(await messageOf(readGraphFile('nowhere/a.txt')), /a\.txt: there is no such file/);
  await withFile('g.txt', '0 1', async (path) => {
    const folder = path.replace(/g\.txt$/, 'folder.txt');
    mkdirSync(folder);
    assert.match(await messageOf(readGraphFile(folder)), /folder\.txt is a folder/);
  });
});

test('the same graph is the same content in every format', async () => {
  const edge = fc.tuple(fc.nat(9), fc.nat(9));
  await fc.assert(
    fc.asyncProperty(fc.array(edge, { maxLength: 25 }), fc.boolean(), async (random, gaps) => {
      const path = Array.from({ length: 9 }, (_, i) => [i, i + 1]);
      const edges = [...random, ...path].map(([a, b]) => (gaps ? [3 * a + 1, 3 * b + 1] : [a, b]));
      const graph = graphFromEdges(
        10,
        Uint32Array.from([...random, ...path], ([a]) => a),
        Uint32Array.from([...random, ...path], ([, b]) => b),
      );
      const numbers = gaps ? Float64Array.from({ length: 10 }, (_, i) => 3 * i + 1) : null;
      const expected = contentHash({ ...graph, numbers });

      const lines = adjacencyLines({ ...graph, numbers });
      const list = edges.map(([a, b]) => `${a} ${b}\n`).join('');
      const nodes = [...new Set(edges.flat())].map((id) => `<node id="${id}"/>`).join('');
      const elements = edges.map(([a, b]) => `<edge source="${a}" target="${b}"/>`).join('');
      const sources = await Promise.all([
        read('g.edges', list),
        read('g.csv.gz', gzipSync(list.replaceAll(' ', ','))),
        read('g.adjlist', lines.join('\n')),
        read(
          'g.gexf',
          `<gexf><graph><nodes>${nodes}</nodes><edges>${elements}</edges></graph></gexf>`,
        ),
        read('g.graphml.gz', gzipSync(`<graphml><graph>${nodes}${elements}</graph></graphml>`)),
        parseGraphResource(
          {
            apiVersion: 'gossip.io/v1',
            kind: 'Graph',
            metadata: { name: 'g' },
            spec: { adjacencyList: lines.map((line) => `${line},`) },
          },
          'g.yaml',
          () => undefined,
        ),
      ]);
      for (const source of sources) {
        assert.is(source.name, 'g');
        assert.equal(contentHash(source.graph), expected, source.file);
      }
    }),
    { numRuns: 40 },
  );
});

test.run();
