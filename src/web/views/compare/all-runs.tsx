import { memo } from 'preact/compat';
import { useMemo } from 'preact/hooks';
import { Distribution } from '../../charts/distribution.tsx';
import { FetchedCsv } from '../../charts/fetched-csv.tsx';
import { useClient } from '../../client.ts';
import { linkWith } from '../../link-with.ts';
import { goTo } from '../../place.ts';
import type { Shown } from './contestant.ts';
import { ContestantsTable } from './contestants-table.tsx';
import { runsOfAll } from './runs-of-all.ts';
import { distributionRow } from './words.ts';

export interface AllRunsProps {
  readonly all: readonly Shown[];
  /** The number of the run that is looked at. */
  readonly run: number;
  readonly params: URLSearchParams;
  /** Of the files that are downloaded, without what they hold. */
  readonly title: string;
}

/** What all runs of the contestants say. Not drawn again while rounds are played. */
export const AllRuns = memo(({ all, run, params, title }: AllRunsProps) => {
  const rows = useMemo(
    () => all.map(({ compared, label, color }) => distributionRow(compared, label, color)),
    [all],
  );
  return (
    <>
      <h2>All runs</h2>
      <ContestantsTable all={all} params={params} />
      <RunsOfAll all={all} title={title} />
      <Distribution
        title="Rounds of each run"
        rows={rows}
        marked={run}
        onPick={(next) => goTo(linkWith('compare', params, { run: `${next}` }))}
        fileName={`${title}-rounds`}
      />
    </>
  );
});

function RunsOfAll({ all, title }: { all: readonly Shown[]; title: string }) {
  const client = useClient();
  return (
    <p class="row">
      <FetchedCsv
        label="Download the runs of all as CSV"
        title={`${title}-runs`}
        fetchText={() =>
          runsOfAll(
            client,
            all.map(({ compared }) => compared),
          )
        }
      />
    </p>
  );
}
