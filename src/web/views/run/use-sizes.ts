import { useMemo } from 'preact/hooks';
import type { GraphPicture } from '../../../gen/gossip/v1/simulation_pb.ts';
import { useAnswer } from '../../asking.ts';
import { useClient } from '../../client.ts';
import { degreesOf } from '../../graph/radii.ts';
import type { Measure } from './measures.ts';

const NOTHING = Promise.resolve(null);

/** The measure of each node that its area grows with, once it is there: degrees at once, others from the server. */
export function useSizes(
  folder: string,
  picture: GraphPicture | undefined,
  measure: Measure | null,
): { sizes: ArrayLike<number> | null; problem: string | undefined } {
  const client = useClient();
  const name = picture?.name ?? '';
  const asked = measure === null || measure === 'degree' || name === '' ? '' : measure;
  const { value, error } = useAnswer(
    (signal) =>
      asked === ''
        ? NOTHING
        : client.getMeasure({ folder, graph: name, measure: asked }, { signal }),
    [client, folder, name, asked],
  );
  const degrees = useMemo(
    () =>
      measure === 'degree' && picture !== undefined ? degreesOf(picture.x.length, picture) : null,
    [picture, measure],
  );
  return { sizes: degrees ?? (asked === '' ? null : (value?.values ?? null)), problem: error };
}
