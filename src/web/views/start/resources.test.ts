import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { simulationResource, simulationSpec } from '../../../runner/simulation.ts';
import { openStrategies } from '../../../strategies/index.ts';
import { commandsOf, fileCommand, graphFile } from './command.ts';
import { parseForm } from './form.ts';
import { type Known, resourcesOf, yamlOf } from './resources.ts';
import { propertiesOf } from './schema.ts';

const own = { levels: { type: 'number', default: 1, minimum: 0 } };
const known: Known = {
  spec: propertiesOf(JSON.stringify(z.toJSONSchema(simulationSpec, { io: 'input' }))),
  parameters: { own, ...(await builtin()) },
};

async function builtin(): Promise<Known['parameters']> {
  const strategies = openStrategies([]);
  const names = [
    'default',
    'default_memory',
    'weighted_factor',
    'betweenness_weighted_complex_memory',
  ];
  const loaded = await Promise.all(names.map((name) => strategies.load(name)));
  return Object.fromEntries(loaded.map(({ name, parameters }) => [name, parameters]));
}

function made(query: string) {
  const form = parseForm(new URLSearchParams(query));
  const { resources, problems } = resourcesOf(form, known);
  const name = form.name || (form.graph?.name ?? '');
  const commands =
    form.graph === null ? [] : commandsOf(resources, form.graph, name, graphFile(form.graph));
  return { resources, problems, yaml: yamlOf(resources), commands };
}

test('each algorithm is a Simulation, named as gossip run names them', () => {
  const { resources, problems, commands } = made(
    'graph=example/karate&algorithm=default&algorithm=default_memory&seed=7&parameter.priorPartnerFactor=0.25, 0.5',
  );
  assert.equal(problems, []);
  const graphSelector = { matchLabels: { name: 'karate' } };
  assert.equal(
    resources.map(({ metadata, spec }) => ({ ...metadata, ...spec })),
    [
      { name: 'karate-default', graphSelector, algorithm: 'default', repetitions: 30, seed: 7 },
      {
        name: 'karate-default-memory',
        graphSelector,
        algorithm: 'default_memory',
        repetitions: 30,
        seed: 7,
        priorPartnerFactor: [0.25, 0.5],
      },
    ],
  );
  assert.equal(commands, [
    'gossip run examples/karate.yaml --algorithm default,default_memory --repetitions 30 --seed 7 --prior-partner-factor 0.25,0.5',
  ]);
});

test('what a form makes is what files of Simulations may hold', () => {
  const everything = [
    'graph=stored/a-1/karate&name=mine&algorithm=betweenness_weighted_complex_memory&repetitions=3&seed=1',
    'start=source&source=0&aggregate=mean&schedule=shuffled&tolerance=0.01&maxRounds=50&redraw=run',
    'randomInitialization=false&measureDecimals=3&visualize=true&parameter.factor=1.5,2',
    'parameter.favor=outside&parameter.weightingParamA=0&parameter.priorPartnerFactor=0.5',
  ].join('&');
  const { yaml, problems } = made(everything);
  assert.equal(problems, []);
  const { metadata, spec } = simulationResource.parse(parse(yaml));
  assert.is(metadata.name, 'mine-betweenness-weighted-complex-memory');
  assert.equal(
    [spec.source, spec.tolerance, spec.visualize, spec.randomInitialization, spec.factor],
    [0, 0.01, true, false, [1.5, 2]],
  );
});

test('what means nothing is left out', () => {
  const { resources } = made(
    'graph=file/g&algorithm=default&source=3&tolerance=0.1&parameter.factor=2',
  );
  assert.equal(Object.keys(resources[0].spec), ['graphSelector', 'algorithm', 'repetitions']);
});

test("a user's own parameters stand below parameters, and take a command of their own", () => {
  const { resources, commands } = made(
    "graph=file/g&name=my&algorithm=default&algorithm=own&parameter.levels=1 2&start=source&source=it's",
  );
  assert.equal(resources[1].spec.parameters, { levels: [1, 2] });
  assert.equal(commands, [
    "gossip run g.yaml --algorithm default --name my --repetitions 30 --start source --source 'it'\\''s'",
    "gossip run g.yaml --algorithm own --name my --repetitions 30 --start source --source 'it'\\''s' --parameter levels=1,2",
  ]);
});

test('what is wrong is said beside its field', () => {
  const problemsOf = (query: string) => made(query).problems.map(({ field }) => field);
  assert.equal(problemsOf('algorithm=default'), ['graph']);
  assert.equal(problemsOf('graph=file/g&algorithm=unknown'), ['algorithm']);
  assert.equal(problemsOf('graph=file/g&repetitions=0&seed=-1&start=middle'), [
    'repetitions',
    'seed',
    'start',
  ]);
  assert.equal(problemsOf('graph=file/g&name=Not a name'), ['name']);
  assert.equal(
    problemsOf('graph=file/g&algorithm=weighted_factor&parameter.factor=0&parameter.favor=x'),
    ['parameter.factor', 'parameter.favor'],
  );
});

test('hostile names stay text in YAML and one word of a command', () => {
  const hostile = '$(rm -rf ~); <img src=x>\n---\nkind: Graph # "\'\u202e';
  const query = new URLSearchParams({ graph: `file/${hostile}`, algorithm: 'default' });
  const { yaml } = made(`${query}`);
  const documents = parseAllDocuments(yaml);
  assert.is(documents.length, 1);
  assert.is(documents[0].toJS().spec.graphSelector.matchLabels.name, hostile);
  assert.is(
    fileCommand(['a b.yaml', '$(x)'], [{ kind: 'example', name: 'karate' }]),
    "gossip run 'a b.yaml' '$(x)' examples/karate.yaml",
  );
});

test.run();
