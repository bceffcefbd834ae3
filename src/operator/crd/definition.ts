import type { Structural } from './structural.ts';

/** What a kind of resource is, as far as one differs from another. */
export interface Kind {
  readonly kind: string;
  readonly plural: string;
  readonly shortName: string;
  readonly description: string;
  readonly spec: Structural;
  readonly status?: Structural;
  /** Rules on the whole resource. */
  readonly rules?: readonly object[];
  readonly columns: readonly Column[];
}

/** A column of `kubectl get`. */
export interface Column {
  readonly name: string;
  readonly jsonPath: string;
  readonly type: 'string' | 'integer' | 'date';
  /** With `kubectl get --output wide` alone. */
  readonly wide?: true;
  readonly description?: string;
}

const GROUP = 'gossip.io';

/** The CustomResourceDefinition of a kind in gossip.io/v1. */
export function definitionOf(kind: Kind): object {
  const { plural, shortName, spec, status, rules = [] } = kind;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${GROUP}` },
    spec: {
      group: GROUP,
      scope: 'Namespaced',
      names: {
        kind: kind.kind,
        listKind: `${kind.kind}List`,
        plural,
        singular: kind.kind.toLowerCase(),
        shortNames: [shortName],
      },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          ...(status && { subresources: { status: {} } }),
          additionalPrinterColumns: kind.columns.map(({ wide, ...column }) => ({
            ...column,
            ...(wide && { priority: 1 }),
          })),
          schema: {
            openAPIV3Schema: {
              type: 'object',
              description: kind.description,
              required: ['spec'],
              properties: {
                apiVersion: { type: 'string' },
                kind: { type: 'string' },
                metadata: { type: 'object', properties: { name: { type: 'string' } } },
                spec,
                ...(status && { status }),
              },
              ...(rules.length > 0 && { 'x-kubernetes-validations': rules }),
            },
          },
        },
      ],
    },
  };
}
