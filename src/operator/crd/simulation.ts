import { simulationResource } from '../../runner/index.ts';
import { VALIDATIONS } from '../../schema.ts';
import { simulationStatus } from '../status.ts';
import { definitionOf } from './definition.ts';
import { isUntyped, type Structural, structural } from './structural.ts';

/** What of a spec may change; all else is as it was when the Simulation was made. */
const MUTABLE = ['suspend', 'ttlSecondsAfterFinished'];
const LONGEST_NAME = 63;

const spec = structural(simulationResource.shape.spec);
const fields = Object.entries(spec.properties as Record<string, Structural>);
const immutable = fields.filter(([field]) => !MUTABLE.includes(field)).map(staysAsItIs);

/** The CustomResourceDefinition of Simulation. */
export const simulationDefinition = definitionOf({
  kind: 'Simulation',
  plural: 'simulations',
  shortName: 'sim',
  description:
    'Runs of a gossip protocol on one or more graphs. Its results stay when it is deleted.',
  spec: { ...spec, [VALIDATIONS]: [...(spec[VALIDATIONS] as object[]), ...immutable] },
  status: structural(simulationStatus),
  rules: [
    {
      rule: `size(self.metadata.name) <= ${LONGEST_NAME}`,
      message: `a Simulation's name has at most ${LONGEST_NAME} characters`,
      fieldPath: '.metadata.name',
    },
  ],
  columns: [
    { name: 'State', jsonPath: '.status.state', type: 'string' },
    { name: 'Progress', jsonPath: '.status.progress', type: 'string' },
    { name: 'Algorithm', jsonPath: '.spec.algorithm', type: 'string' },
    { name: 'Age', jsonPath: '.metadata.creationTimestamp', type: 'date' },
    { name: 'Seed', jsonPath: '.status.seed', type: 'integer', wide: true },
    { name: 'Results', jsonPath: '.status.results', type: 'string', wide: true },
    message('Accepted'),
    message('Failed'),
  ],
});

/**
 * Absent before and after, or equal. A field of no type is none to CEL's checker, though its value is there all the
 * same; and what comparing it costs cannot be estimated, unless it is a look into a list of one.
 */
function staysAsItIs([field, schema]: [string, Structural]) {
  const object = (name: string) => (isUntyped(schema) ? `dyn(${name})` : name);
  const [after, before] = [`${object('self')}.${field}`, `${object('oldSelf')}.${field}`];
  const equal = isUntyped(schema) ? `${after} in [${before}]` : `${after} == ${before}`;
  return {
    rule: `has(${after}) == has(${before}) && (!has(${after}) || ${equal})`,
    message: `spec.${field} cannot be changed: make a Simulation of another name`,
    reason: 'FieldValueForbidden',
  };
}

function message(condition: string) {
  const jsonPath = `.status.conditions[?(@.type=="${condition}")].message`;
  return { name: condition, jsonPath, type: 'string', wide: true } as const;
}
