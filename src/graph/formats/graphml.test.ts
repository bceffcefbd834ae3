import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { adjacencyText } from '../adjacency-text.ts';
import { readGraphml } from './graphml.ts';
import { messageOf, withFile } from './temporary-file.ts';

const head = `<?xml version='1.0' encoding='utf-8'?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="d0" for="edge" attr.name="weight" attr.type="long"/>
<key id="d1" for="node" attr.name="club" attr.type="string"/>`;
const nodes = '<node id="0"><data key="d1">A</data></node><node id="5"/><node id="9"/>';

const read = (content: string) => withFile('g.graphml', content, readGraphml);
const refused = (content: string) => messageOf(read(content));
const graphml = (edges: string, type = 'undirected') =>
  `${head}\n<graph edgedefault="${type}">${nodes}\n${edges}</graph></graphml>`;

test('nodes, edges, parallel ones with the same id, and what is not used', async () => {
  const { graph, warnings } = await read(
    graphml(
      '<edge id="0" source="5" target="0"><data key="d0">2</data></edge><edge id="0" source="9" target="9"/><edge id="1" source="0" target="5"/>',
    ),
  );
  assert.is(adjacencyText(graph), '0 5,5,9');
  assert.match(warnings[0], /not used: node club \(1\), edge weight \(1\)\.$/);
  assert.match(warnings[1], /1 self-loop and 1 double edge/);
});

test('ids that are not integers are labels', async () => {
  const { graph } = await read(
    `${head}<graph edgedefault="undirected"><node id="n1"/><node id="n0"/><edge source="n0" target="n1"/></graph></graphml>`,
  );
  assert.equal(graph.labels, ['n1', 'n0']);
});

test('keys of yEd, and keys that would write into all objects', async () => {
  const { graph, warnings } = await read(
    `<graphml><key for="port" id="p" yfiles.type="x"/><key for="node" id="d6" yfiles.type="y"/><key for="__proto__" id="hostile" attr.name="hostile"><default>1</default></key><graph edgedefault="undirected"><node id="n0"><data key="d6">a</data></node></graph></graphml>`,
  );
  assert.is(graph.nodeCount, 1);
  assert.match(warnings[0], /not used: node d6 \(1\)\.$/);
  assert.not('hostile' in {});
});

test('directed graphs and edges are refused with what to do', async () => {
  const directed = await refused(graphml('', 'directed'));
  assert.match(directed, /g\.graphml, line 5: this <graph> is directed.*to_undirected\(\)/);
  const edge = '<edge source="0" target="5" directed="true"/>';
  assert.match(await refused(graphml(edge)), /line 6: this <edge> is directed/);
});

test('hostile and broken files are refused', async () => {
  assert.match(await refused('<!DOCTYPE x SYSTEM "file:///x"><graphml/>'), /line 1: a DOCTYPE/);
  assert.match(await refused(`${head}\n<graph>`), /not well-formed XML/);
  assert.match(await refused('<graphml/>'), /no <graph> in it: this is not GraphML/);
  assert.match(
    await refused(graphml('<edge source="0" target="7"/>')),
    /line 6: the edge's target "7" is not a node/,
  );
  assert.match(await refused(graphml('<node id="0"/>')), /g\.graphml, line 6: a second node "0"/);
  assert.match(
    await refused(graphml('<node id="1"><graph edgedefault="undirected"/></node>')),
    /line 6: a second <graph>/,
  );
});

test.run();
