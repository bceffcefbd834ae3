import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseGraphResource } from './graph-resource.ts';

function read(adjacencyList: string[], nodeLabels: string[]) {
  const metadata = { name: 'g' };
  const spec = { adjacencyList, nodeLabels };
  const value = { apiVersion: 'gossip.io/v1', kind: 'Graph', metadata, spec };
  return parseGraphResource(value, 'g.yaml', () => undefined).graph.labels;
}

test('nodes are called as a resource says', () => {
  assert.equal(read(['0 1', '1'], ['Ada', 'Bob']), ['Ada', 'Bob']);
});

test('labels that do not fit the nodes are refused by field', () => {
  const refused = (lines: string[], labels: string[]) => {
    try {
      read(lines, labels);
    } catch (error) {
      assert.is((error as Error).name, 'GossipError');
      return (error as Error).message;
    }
    return 'nothing was thrown';
  };
  assert.match(
    refused(['0 1', '1'], ['a']),
    /^g\.yaml: spec\.nodeLabels: there are 1 labels for 2/,
  );
  assert.match(refused(['0 2', '2'], ['a', 'b']), /spec\.nodeLabels: the numbers .* are 0 to 1/);
  assert.match(refused(['0 1', '1'], ['a', 'a']), /spec\.nodeLabels: two nodes are called "a"/);
  assert.match(refused(['0 1', '1'], ['a', 'b\u0007']), /control characters/);
});

test.run();
