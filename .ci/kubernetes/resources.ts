// node .ci/kubernetes/resources.ts: Graphs and Simulations as the API server of the cluster that KUBECONFIG names takes
// and refuses them, by the definitions in deploy/base/crds, which it applies. Needs no operator.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { graphResource } from '../../src/graph/formats/index.ts';
import { simulationStatus } from '../../src/operator/status.ts';
import { simulationResource } from '../../src/runner/index.ts';
import { exitCode, report } from './report.ts';
import {
  attempt,
  graph,
  kubectl,
  NAMESPACE,
  type Resource,
  simulation,
  sorted,
} from './resource-attempts.ts';
import {
  badGraphs,
  badSimulations,
  goodGraphs,
  goodSimulations,
  STATUS,
} from './resource-cases.ts';
import { changes } from './resource-changes.ts';

const PUBLISHED = '../shared/published/example';

kubectl(['apply', '--server-side', '--force-conflicts', '-f', 'deploy/base/crds']);
kubectl(['wait', '--for=condition=Established', '-f', 'deploy/base/crds']);
kubectl(['delete', 'namespace', NAMESPACE, '--ignore-not-found']);
kubectl(['create', 'namespace', NAMESPACE]);
try {
  published();
  for (const [what, spec, name] of goodGraphs) takes(what, graph(spec, name));
  for (const [what, spec, name] of goodSimulations) takes(what, simulation(spec, name));
  for (const [what, spec, words] of badGraphs) refuses(what, graph(spec), words);
  for (const [what, spec, words] of badSimulations) refuses(what, simulation(spec), words);
  longName();
  changes();
  status();
} finally {
  kubectl(['delete', 'namespace', NAMESPACE]);
}
process.exitCode = exitCode();

/** The published system's files apply as they are, and again without a change. */
function published(): void {
  if (!existsSync(PUBLISHED)) {
    report('the published example', [`${PUBLISHED} is not there: it is to apply unchanged`]);
    return;
  }
  const files = readdirSync(PUBLISHED).filter((file) => file.endsWith('.yaml'));
  const isSimulation = (file: string) => file.startsWith('simulation');
  // Apart from each other, so that no operator begins to play.
  for (const group of [files.filter(isSimulation), files.filter((file) => !isSimulation(file))]) {
    const named = group.flatMap((file) => ['-f', join(PUBLISHED, file)]);
    const created = attempt(['apply', '--validate=strict', ...named]).said;
    const again = attempt(['apply', '--validate=strict', ...named]).said;
    const wrong: string[] = [];
    if (created.match(/ created$/gm)?.length !== group.length) wrong.push(created);
    if (again.match(/ unchanged$/gm)?.length !== group.length) wrong.push(again);
    attempt(['delete', ...named]);
    report(
      `${group.length} files of the published system apply, and again without a change`,
      wrong,
    );
  }
}

/** The API server takes a resource, keeps it as it was written, and takes it again; a file may have it too. */
function takes(what: string, resource: Resource): void {
  const wrong: string[] = [];
  const apply = ['apply', '--validate=strict', '--server-side', '-f', '-', '-o', 'json'];
  const [first, again] = [attempt(apply, resource), attempt(apply, resource)];
  if (first.failed || again.failed) wrong.push(first.said, again.said);
  else {
    const [kept, later] = [JSON.parse(first.said), JSON.parse(again.said)];
    if (sorted(kept.spec) !== sorted(resource.spec)) wrong.push(`kept: ${sorted(kept.spec)}`);
    if (kept.metadata.generation !== later.metadata.generation) wrong.push('it changed');
    if (!schemaOf(resource).safeParse(kept).success) wrong.push('as it is kept, no file has it');
  }
  if (!schemaOf(resource).safeParse(resource).success) wrong.push('no file may have it');
  attempt(['delete', '-f', '-'], resource);
  report(`taken: ${what}`, wrong);
}

/** The API server refuses a resource in these words; no file may have it either. */
function refuses(what: string, resource: Resource, words: RegExp): void {
  const { failed, said } = attempt(['create', '--validate=strict', '-f', '-'], resource);
  const wrong = failed && words.test(said) ? [] : [said];
  if (schemaOf(resource).safeParse(resource).success) wrong.push('a file may have it');
  report(`refused: ${what}`, wrong);
}

function schemaOf({ kind }: Resource) {
  return kind === 'Graph' ? graphResource : simulationResource;
}

/** Names in files may be longer: those of no objects are made of them. */
function longName(): void {
  const { failed, said } = attempt(['create', '-f', '-'], simulation({}, 'x'.repeat(64)));
  const words = /metadata\.name: .*a Simulation's name has at most 63 characters/;
  report('refused: a name of 64 characters', failed && words.test(said) ? [] : [said]);
}

/** A status is the operator's alone, and has a form. */
function status(): void {
  const write = (status: object, ...more: readonly string[]) => {
    const patch = JSON.stringify({ status });
    return attempt(['patch', 'sim', 'told', '--type=merge', '-p', patch, '-o', 'json', ...more]);
  };
  const state = 'Complete';
  attempt(['create', '-f', '-'], { ...simulation({}, 'told'), status: { state } });
  write({ state });
  const { said } = attempt(['get', 'sim', 'told', '-o', 'jsonpath={.status.state}']);
  report('no status is taken with a Simulation', said === state ? [said] : []);

  const alone = ['--subresource=status', '--dry-run=server'];
  const written = write(STATUS, ...alone);
  const kept = written.failed ? null : JSON.parse(written.said).status;
  const isWhole = sorted(kept) === sorted(STATUS) && simulationStatus.safeParse(kept).success;
  report('a status by itself is taken whole', isWhole ? [] : [written.said]);
  const unknown = write({ state: 'Asleep' }, ...alone).said;
  const words = /status\.state: Unsupported value: "Asleep"/;
  report('refused: a state that is none', words.test(unknown) ? [] : [unknown]);

  const header = attempt(['get', 'sim', '-o', 'wide']).said.split('\n')[0];
  const columns = /^NAME +STATE +PROGRESS +ALGORITHM +AGE +SEED +RESULTS +ACCEPTED +FAILED *$/;
  report('kubectl get sim has its columns', columns.test(header) ? [] : [header]);
}
