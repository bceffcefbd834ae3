import { simulationResource } from '../../src/runner/index.ts';
import { report } from './report.ts';
import { type Answer, attempt, simulation } from './resource-attempts.ts';
import { VALUES } from './resource-cases.ts';

const { suspend, ttlSecondsAfterFinished, ...immutable } = VALUES;
const mutable = { suspend, ttlSecondsAfterFinished };

/** Every field but two stays as it was made: changed, removed and added ones are refused. */
export function changes(): void {
  const fields = Object.keys(simulationResource.shape.spec.shape);
  const without = fields.filter((field) => !Object.hasOwn(VALUES, field));
  report('every field has values to be tried here', without);

  const firsts = Object.entries(VALUES).map(([field, [first]]) => [field, first]);
  const { parallelism, ...hosts } = Object.fromEntries(firsts);
  const { nodesPerHost, ...memory } = { ...hosts, parallelism, deployment: 'memory' };
  for (const [name, spec] of Object.entries({ bare: {}, hosts, memory })) {
    attempt(['create', '-f', '-'], simulation(spec, name));
  }
  for (const [field, [first, second]] of Object.entries(immutable)) {
    const full = field === 'parallelism' ? 'memory' : 'hosts';
    const tries = [patch(full, field, { op: 'replace', value: second })];
    if (field !== 'graphSelector') {
      tries.push(patch(full, field, { op: 'remove' }));
      tries.push(patch('bare', field, { op: 'add', value: first }));
    }
    const words = `spec.${field} cannot be changed: make a Simulation of another name`;
    const wrong = tries.filter(({ failed, said }) => !failed || !said.includes(words));
    report(
      `refused: ${field} changed, removed, added`,
      wrong.map(({ said }) => said),
    );
  }
  for (const [field, [first, second]] of Object.entries(mutable)) {
    const tries = [
      patch('hosts', field, { op: 'replace', value: second }),
      patch('hosts', field, { op: 'remove' }),
      patch('bare', field, { op: 'add', value: first }),
    ];
    const wrong = tries.filter(({ failed }) => failed);
    report(
      `taken: ${field} changed, removed, added`,
      wrong.map(({ said }) => said),
    );
  }

  const keys = { op: 'replace', value: { other: 1, list: [1, 'x'] } };
  const { said } = patch('hosts', 'parameters', keys, {
    path: '/spec/suspend',
    op: 'replace',
    value: false,
  });
  const isSaid = said.includes('spec.parameters cannot be changed');
  report('refused: other keys of parameters beside a change that may be', isSaid ? [] : [said]);
}

/** What the API server would say to another value of a field; a merge would keep old keys of maps. */
function patch(name: string, field: string, operation: object, ...more: object[]): Answer {
  const operations = JSON.stringify([{ path: `/spec/${field}`, ...operation }, ...more]);
  return attempt(['patch', 'sim', name, '--type=json', '-p', operations, '--dry-run=server']);
}
