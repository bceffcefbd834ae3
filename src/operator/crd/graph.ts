import { graphResource } from '../../graph/formats/index.ts';
import { definitionOf } from './definition.ts';
import { structural } from './structural.ts';

/** The CustomResourceDefinition of Graph. */
export const graphDefinition = definitionOf({
  kind: 'Graph',
  plural: 'graphs',
  shortName: 'g',
  description: 'A graph that simulations are played on.',
  spec: structural(graphResource.shape.spec),
  columns: [
    { name: 'Series', jsonPath: '.metadata.labels.series', type: 'string' },
    { name: 'Type', jsonPath: '.spec.graphType', type: 'string' },
    { name: 'Object', jsonPath: '.spec.source.object', type: 'string', wide: true },
    { name: 'Age', jsonPath: '.metadata.creationTimestamp', type: 'date' },
  ],
});
