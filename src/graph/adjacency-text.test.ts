import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { adjacencyText } from './adjacency-text.ts';
import { createGraphBuilder } from './builder.ts';

test('each edge stands once, at its lower end, by number', () => {
  const builder = createGraphBuilder();
  builder.addEdge('6', '2');
  builder.addEdge('2', '0');
  builder.addEdge('6', '0');
  builder.addNode('9');
  assert.is(adjacencyText(builder.build().graph), '0 2 6,2 6,6,9');
});

test('nodes with text labels appear by number', () => {
  const builder = createGraphBuilder();
  builder.addEdge('Bo', 'Al');
  assert.is(adjacencyText(builder.build().graph), '0 1,1');
});

test.run();
