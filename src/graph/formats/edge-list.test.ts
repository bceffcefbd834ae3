import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { adjacencyText } from '../adjacency-text.ts';
import { graphFromEdges } from '../builder.ts';
import { readEdgeList } from './edge-list.ts';
import { messageOf, withFile } from './temporary-file.ts';

const read = (content: string | Uint8Array, name = 'g.txt') =>
  withFile(name, content, readEdgeList);
const refused = (content: string | Uint8Array, name = 'g.txt') => messageOf(read(content, name));
const text = async (content: string | Uint8Array, name = 'g.txt') =>
  adjacencyText((await read(content, name)).graph);

test('blanks, tabs, commas, comments, blank lines, CRLF, a byte order mark', async () => {
  const content = '\ufeff# a comment {}\n0 1\r\n\n1\t2\n % another\n2 , 0 # end\n  3,2';
  const source = await read(content);
  assert.is(adjacencyText(source.graph), '0 1 2,1 2,2 3,3');
  assert.equal(source.warnings, []);
  assert.equal([source.name, source.adjacencyText, source.valueList], ['g', null, null]);
});

test('texts are labels, in the order of the file', async () => {
  const { graph } = await read('Zoë Al\nAl 3\n');
  assert.equal(graph.labels, ['Zoë', 'Al', '3']);
});

test('in a csv and a tsv labels may hold blanks and stand in quotes', async () => {
  const csv = await read('"Al Fa", Bo Ba ,1.5\nBo Ba,"Cy"\n', 'g.csv');
  assert.equal(csv.graph.labels, ['Al Fa', 'Bo Ba', 'Cy']);
  assert.equal((await read('Al Fa\tBo, Ba\n', 'g.tsv')).graph.labels, ['Al Fa', 'Bo, Ba']);
  assert.is(await text('0 1\n1 2\n', 'g.csv'), '0 1,1 2,2');
  assert.match(await refused('"Al, Fa",Bo\n', 'g.csv'), /g\.csv, line 1: a quoted label must/);
});

test('names of columns are not nodes', async () => {
  const source = await read('Source,Target,Weight\n0,1,3\n', 'g.csv');
  assert.is(adjacencyText(source.graph), '0 1,1');
  assert.match(source.warnings[0], /g\.csv: line 1 \("Source", "Target"\) was taken for the names/);
  assert.is(source.warnings.length, 2);
});

test('weights are counted in one warning, dropped edges in another', async () => {
  const source = await read("0 1 3\n1 2 {'weight': 3, 'since': 1}\n2 3 1 2\n1 1\n1 0 {}\n2 1\n");
  assert.is(source.warnings.length, 2);
  assert.match(
    source.warnings[0],
    /edge weight \(1\), edge since \(1\), column 3 \(2\), column 4 \(1\)/,
  );
  assert.match(source.warnings[1], /1 self-loop and 2 double edges/);
});

test('a line that is no edge is refused by file and line', async () => {
  assert.match(await refused('0 1\n# c\n\n7\n'), /g\.txt, line 4: one label only; .* "4 17"/);
  assert.match(await refused('0 1\n2;3\n'), /line 2: one label only/);
});

test('a file without edges is refused', async () => {
  for (const content of ['', '\n\n', '# nothing\n']) {
    assert.match(await refused(content), /g\.txt: the graph is empty/);
  }
});

test('binary files, wrong encodings and monstrous labels are refused', async () => {
  assert.match(await refused(Uint8Array.of(97, 32, 0xff, 10)), /line 1: this is not UTF-8 text/);
  assert.match(await refused('0 1\na\u0000 b\n'), /line 2: the label "a\\u0000" has control/);
  assert.match(await refused(`0 ${'9'.repeat(2000)}`), /line 1: a label of 2000 characters/);
  assert.match(await refused(Buffer.from('0 1\n', 'utf16le')), /control characters/);
});

test('.gz files, and those that are not', async () => {
  assert.is(await text(gzipSync('0 1\n1 2\n'), 'g.txt.gz'), '0 1,1 2,2');
  assert.match(await refused('0 1\n', 'g.txt.gz'), /g\.txt\.gz: it is not a whole gzip file/);
  const half = gzipSync('0 1\n1 2\n'.repeat(100)).subarray(0, 30);
  assert.match(await refused(half, 'g.txt.gz'), /it is not a whole gzip file/);
});

test('lines across the borders of chunks', async () => {
  const edges = Array.from({ length: 60000 }, (_, i) => `${i} ${i + 1}`);
  const { graph } = await read(edges.join('\n'));
  assert.equal([graph.nodeCount, graph.edgeCount, graph.numbers], [60001, 60000, null]);
  const long = await read(`0 1 # ${'x'.repeat(700_000)}\n1 2`);
  assert.is(adjacencyText(long.graph), '0 1,1 2,2');
});

test('a random edge list, however written, is the graph of its edges', async () => {
  const separator = fc.constantFrom(' ', '\t', ',', ' , ', '  ');
  const after = fc.constantFrom('\n', '\r\n', '\n\n', ' # c\n', '\n# 1 2\n', '\n%\n', ' \n');
  const line = fc.tuple(fc.nat(12), separator, fc.nat(12), after);
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 40 }), async (lines) => {
      // All nodes are named, so that their numbers are 0..12 in every example.
      const path = Array.from({ length: 12 }, (_, i) => [i, i + 1]);
      const edges = [...path, ...lines.map(([a, , b]) => [a, b])];
      const content = `${path.map((edge) => edge.join(' ')).join('\n')}\n${lines.flat().join('')}`;
      const source = await read(content);
      const expected = graphFromEdges(
        13,
        Uint32Array.from(edges, ([a]) => a),
        Uint32Array.from(edges, ([, b]) => b),
      );
      assert.equal(source.graph, expected);
    }),
  );
});

test.run();
