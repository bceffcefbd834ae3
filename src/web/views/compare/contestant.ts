import type { Compared } from '../../../gen/gossip/v1/simulation_pb.ts';
import { seriesStyle } from '../../charts/colors.ts';
import type { HistoryPlace } from '../../history.ts';
import { placeLink } from '../../place.ts';
import { choiceParam } from '../simulations/contestants.ts';
import { type Standing, standingAt, standingText } from './in-step.ts';
import { labelsOf, runOf } from './words.ts';

/** A contestant as it is shown. */
export interface Shown {
  readonly compared: Compared;
  /** As the URL names it. */
  readonly key: string;
  /** Other than those of the others. */
  readonly label: string;
  readonly color: string;
  readonly dashed: boolean;
  /** Of the run that is looked at. */
  readonly place: HistoryPlace;
  /** The last round of that run; null: it is not finished. */
  readonly last: number | null;
  standing(round: number): Standing;
  /** Leads to the run, at that round. */
  runLink(round: number): string;
}

/** The contestants as they are shown, at the run of that number. */
export function shownOf(all: readonly Compared[], run: number): Shown[] {
  const labels = labelsOf(all);
  return all.map((compared, index) => {
    const { folder = '', graph = '', execution = 1 } = compared.contestant ?? {};
    const ended = runOf(compared, run);
    const place = { folder, graph, execution, run };
    const standing = (round: number) =>
      standingAt(round, ended?.last ?? null, ended?.converged ?? false);
    return {
      compared,
      key: choiceParam({ folder, graph, execution }),
      label: labels[index],
      ...seriesStyle(index),
      place,
      last: ended?.last ?? null,
      standing,
      runLink: (round) =>
        placeLink('run', {
          simulation: folder,
          graph,
          execution,
          run,
          round: standing(round).round,
        }),
    };
  });
}

/** How all of them stand after a round, in words. */
export function standingsText(all: readonly Shown[], round: number): string {
  return all.map(({ label, standing }) => `${label}: ${standingText(standing(round))}`).join('; ');
}
