import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { adjacencyText } from '../adjacency-text.ts';
import { readGexf } from './gexf.ts';
import { messageOf, withFile } from './temporary-file.ts';

const head = `<?xml version='1.0' encoding='utf-8'?>
<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">`;
const nodes = '<nodes><node id="0" label="0"/><node id="5" label="five"/><node id="9"/></nodes>';

const read = (content: string) => withFile('g.gexf', content, readGexf);
const refused = (content: string) => messageOf(read(content));
const gexf = (edges: string, type = 'defaultedgetype="undirected"') =>
  `${head}\n<graph ${type}>${nodes}\n<edges>${edges}</edges></graph></gexf>`;

test('nodes, edges, and what is not used', async () => {
  const { graph, warnings } = await read(
    gexf(
      '<edge id="0" source="5" target="0" weight="2"/><edge id="0" source="9" target="9"/><edge id="1" source="0" target="5"/>',
    ),
  );
  assert.is(adjacencyText(graph), '0 5,5,9');
  assert.match(warnings[0], /not used: node label \(1\), edge weight \(1\)\.$/);
  assert.match(warnings[1], /1 self-loop and 1 double edge/);
  assert.is(warnings.length, 2);
});

test('a graph without edges is a graph', async () => {
  assert.is((await read(gexf(''))).graph.nodeCount, 3);
});

test('directed graphs and edges are refused with what to do', async () => {
  const directed = await refused(gexf('', 'defaultedgetype="directed"'));
  assert.match(directed, /g\.gexf, line 3: this <graph> is directed.*to_undirected\(\)/);
  const edge = '<edge source="0" target="5" type="directed"/>';
  assert.match(await refused(gexf(edge)), /line 4: this <edge> is directed/);
});

test('labels that objects have as properties', async () => {
  const names = ['constructor', '__proto__', 'toString'];
  const { graph } = await read(
    `${head}<graph><nodes>${names.map((name) => `<node id="${name}"/>`).join('')}</nodes><edges><edge source="__proto__" target="constructor"/><edge source="toString" target="__proto__"/><edge source="__proto__" target="toString"/></edges></graph></gexf>`,
  );
  assert.equal(graph.labels, names);
  assert.is(adjacencyText(graph), '0 1,1 2,2');
  assert.equal(Object.keys(Object.prototype), []);
  assert.not('previous' in {}.constructor);
});

test('nodes and edges that are not whole', async () => {
  assert.match(
    await refused(gexf('<edge source="0"/>')),
    /line 4: this <edge> has no attribute "target"/,
  );
  assert.match(await refused(gexf('<node/>')), /line 4: this <node> has no attribute "id"/);
  assert.match(await refused(gexf('<node id="5"/>')), /line 4: a second node "5"/);
});

test('hostile and broken files are refused', async () => {
  assert.match(
    await refused('<?xml version="1.0"?>\n<!DOCTYPE g [<!ENTITY a "aa">]><gexf/>'),
    /g\.gexf, line 2: a DOCTYPE is not accepted/,
  );
  assert.match(
    await refused(`${head}\n<graph><nodes></graph>`),
    /g\.gexf, near line \d: this is not well-formed XML: [^:]*$/,
  );
  assert.match(await refused('0 1\n'), /g\.gexf/);
  assert.match(await refused(''), /g\.gexf/);
  assert.match(await refused('<html></html>'), /no <graph> in it: this is not GEXF/);
  assert.match(
    await refused(gexf('<edge source="0" target="7"/>')),
    /line 4: the edge's target "7" is not a node/,
  );
  assert.match(await refused(`${head}<graph><nodes/></graph></gexf>`), /the graph is empty/);
  assert.match(await refused(`${head}<graph/>\n<graph/></gexf>`), /line 3: a second <graph>/);
  assert.match(await refused(`<a>${' '.repeat(33 << 20)}</a>`), /more than 32 MiB of XML/);
  assert.match(await refused('<a>'.repeat(50_000)), /g\.gexf/);
});

test.run();
