import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { adjacencyText } from '../adjacency-text.ts';
import { readAdjacencyList } from './adjacency-list.ts';
import { messageOf, withFile } from './temporary-file.ts';

const read = (content: string) => withFile('g.adjlist', content, readAdjacencyList);

test('as networkx writes it', async () => {
  const { graph, warnings } = await read('#write\n# GMT Mon\n#\n0 2 6\n2\n6 2\n9\n');
  assert.is(adjacencyText(graph), '0 2 6,2 6,6,9');
  assert.equal(warnings, []);
});

test('texts are labels; a neighbor needs no line; edges written at both ends are doubles', async () => {
  const { graph, warnings } = await read('Bo Al Cy\nAl Bo\n');
  assert.equal(graph.labels, ['Bo', 'Al', 'Cy']);
  assert.is(adjacencyText(graph), '0 1 2,1,2');
  assert.match(warnings.join(), /g\.adjlist: dropped 0 self-loops and 1 double edge/);
});

test('a row of many neighbors', async () => {
  const { graph } = await read(Array.from({ length: 1000 }, (_, i) => i).join(' '));
  assert.equal([graph.nodeCount, graph.edgeCount, graph.offsets[1]], [1000, 999, 999]);
});

test('an empty file and a binary one are refused', async () => {
  assert.match(await messageOf(read('# nothing\n')), /g\.adjlist: the graph is empty/);
  assert.match(await messageOf(read('0 1\n2 \u0001\n')), /g\.adjlist, line 2: the label/);
});

test.run();
