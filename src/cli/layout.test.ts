import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { filesBelow, gossip, graphYaml, inFolder, simulationYaml } from './command.fixture.ts';

// Two triangles with an edge between them: two communities, whoever finds them.
const GRAPH = graphYaml(
  'twins',
  ['0 1 2', '1 2', '2 4', '4 5 6', '5 6', '6'],
  'graphType: hand-made',
  'graphProperties: {density: "0.4667"}',
  'valueList: "3,1,4,1,5,9"',
);

async function played(folder: string, ...args: string[]): Promise<Record<string, string>> {
  const { code, stderr } = await gossip('run', ...args, '--seed', '1', '--results', folder);
  assert.is(code, 0, stderr);
  return filesBelow(folder);
}

/** The only folder that the files are in, and the files by their path in it. */
function folderOf(files: Record<string, string>): [string, Record<string, string>] {
  const [folder, ...others] = new Set(Object.keys(files).map((path) => path.split('/')[0]));
  assert.is(others.length, 0);
  const inside = Object.entries(files).map(([path, text]) => [path.slice(folder.length + 1), text]);
  return [folder, Object.fromEntries(inside)];
}

test('a sweep of two factors with two repetitions lies where the published system puts it', () => {
  const simulation = simulationYaml(
    'sim-wf',
    'algorithm: weighted_factor_memory',
    'repetitions: 2',
    'factor: [1.5, 3]',
    'favor: outside',
    'simulationProperties: {note: tried}',
  );
  return inFolder({ 'all.yaml': `${GRAPH}---\n${simulation}` }, async (folder) => {
    const [top, files] = folderOf(await played(join(folder, 'results'), join(folder, 'all.yaml')));
    assert.match(top, /^sim-wf-[0-9a-f]{8}$/);
    assert.equal(Object.keys(files).sort(), [
      '_gossip/twins/exec-1/run-1/sim-wf_run.json',
      '_gossip/twins/exec-1/run-2/sim-wf_run.json',
      '_gossip/twins/exec-2/run-1/sim-wf_run.json',
      '_gossip/twins/exec-2/run-2/sim-wf_run.json',
      'manifest.json',
      'runs.csv',
      'twins/exec-1/run-1/sim-wf_node_value_history.json',
      'twins/exec-1/run-1/sim-wf_summary.json',
      'twins/exec-1/run-2/sim-wf_node_value_history.json',
      'twins/exec-1/run-2/sim-wf_summary.json',
      'twins/exec-1/sim-wf_averaged_result.json',
      'twins/exec-2/run-1/sim-wf_node_value_history.json',
      'twins/exec-2/run-1/sim-wf_summary.json',
      'twins/exec-2/run-2/sim-wf_node_value_history.json',
      'twins/exec-2/run-2/sim-wf_summary.json',
      'twins/exec-2/sim-wf_averaged_result.json',
    ]);

    const rows = files['runs.csv'].trim().split('\n');
    const rounds = rows.slice(1).map((row) => Number(row.split(',')[9]));
    assert.match(
      rows[0],
      /^simulation,graph,algorithm,factor,prior_partner_factor,weighting_param_a,execution,run,seed,/,
    );
    assert.match(rows[1], /^sim-wf,twins,weighted_factor_memory,1\.5,0\.5,,1,1,1,/);
    assert.match(rows[4], /^sim-wf,twins,weighted_factor_memory,3\.0,0\.5,,2,2,1,/);

    const manifest = JSON.parse(files['manifest.json']);
    const communities = manifest.graphs[0].communities.split(' ').map(Number);
    assert.equal(new Set(communities.slice(0, 3)).size, 1);
    const summary = JSON.parse(files['twins/exec-2/run-1/sim-wf_summary.json']);
    assert.equal(Object.keys(summary), [
      ...['timestamp', 'num_rounds', 'algorithm', 'adj_list', 'factor', 'prior_partner_factor'],
      ...['graph_metadata', 'algorithm_metadata'],
    ]);
    assert.equal(summary, {
      timestamp: manifest.timestamp,
      num_rounds: rounds[2],
      algorithm: 'weighted_factor_memory',
      adj_list: '0 1 2,1 2,2 4,4 5 6,5 6,6',
      factor: '3.0',
      prior_partner_factor: '0.5',
      graph_metadata: {
        density: '0.4667',
        graphType: 'hand-made',
        nodeCommunities: Object.fromEntries([0, 1, 2, 4, 5, 6].map((n, i) => [n, communities[i]])),
      },
      algorithm_metadata: { note: 'tried' },
    });
    const average = files['twins/exec-2/sim-wf_averaged_result.json'];
    assert.is(JSON.parse(average).num_rounds, (rounds[2] + rounds[3]) / 2);
    assert.match(average, /"num_rounds": \d+\.\d/);

    const history = JSON.parse(files['twins/exec-1/run-1/sim-wf_node_value_history.json']);
    assert.is(history.length, rounds[0] + 1);
    assert.equal(history[0], { round_num: 0, nodes: { 0: 3, 1: 1, 2: 4, 4: 1, 5: 5, 6: 9 } });
    assert.equal(history.at(-1).nodes, { 0: 1, 1: 1, 2: 1, 4: 1, 5: 1, 6: 1 });
  });
});

test('one run of one execution has no folders of its own', () =>
  inFolder({ 'graph.yaml': GRAPH }, async (folder) => {
    const args = [join(folder, 'graph.yaml'), '--repetitions', '1', '--name', 'one'];
    const [, files] = folderOf(await played(join(folder, 'results'), ...args));
    assert.equal(Object.keys(files).sort(), [
      '_gossip/twins/one-default_run.json',
      'manifest.json',
      'runs.csv',
      'twins/one-default_node_value_history.json',
      'twins/one-default_summary.json',
    ]);
    assert.not.ok(
      'nodeCommunities' in JSON.parse(files['twins/one-default_summary.json']).graph_metadata,
    );
  }));

test('a graph of labels keeps them in nodes.csv, quoted where they must be', () =>
  inFolder({ 'friends.adjlist': 'Ann Bob "Cy"\nBob "Cy"\n' }, async (folder) => {
    const args = [join(folder, 'friends.adjlist'), '--start', 'source', '--source', 'Bob'];
    const [, files] = folderOf(
      await played(join(folder, 'results'), ...args, '--repetitions', '1'),
    );
    assert.is(files['_gossip/friends/nodes.csv'], 'number,label\n0,Ann\n1,Bob\n2,"""Cy"""\n');
    const history = JSON.parse(files['friends/friends-default_node_value_history.json']);
    assert.equal(history[0].nodes, { 0: 1, 1: 0, 2: 1 });
  }));

test('a history of changes says what a history of rounds says, and none says nothing', () =>
  inFolder({ 'graph.yaml': GRAPH }, async (folder) => {
    const args = [join(folder, 'graph.yaml'), '--repetitions', '1', '--aggregate', 'mean'];
    const of = async (kind: string) =>
      folderOf(await played(join(folder, kind), ...args, '--history', kind))[1];
    const [rounds, changes, none] = [await of('rounds'), await of('changes'), await of('none')];
    const path = '_gossip/twins/graph-default_changes.jsonl';
    const values: Record<string, number> = {};
    const replayed = changes[path]
      .trim()
      .split('\n')
      .map((line) => {
        const { round_num, nodes, values: held } = JSON.parse(line);
        nodes.forEach((node: number, i: number) => {
          assert.is.not(values[node], held[i]);
          values[node] = held[i];
        });
        return { round_num, nodes: { ...values } };
      });
    assert.equal(replayed, JSON.parse(rounds['twins/graph-default_node_value_history.json']));
    const kept = (files: object) =>
      Object.keys(files).filter((key) => !/history|changes/.test(key));
    assert.equal(Object.keys(none), kept(rounds));
    assert.equal(kept(none), kept(changes));
    assert.is(none['runs.csv'], changes['runs.csv']);
  }));

test.run();
