import { useMemo } from 'preact/hooks';
import type { View } from '../../app.tsx';
import { useJobs } from '../../connection.ts';
import { count, counted } from '../../format.ts';
import { linkWith } from '../../link-with.ts';
import { goTo } from '../../place.ts';
import { useSimulations } from '../../simulations.ts';
import { Chosen } from './chosen.tsx';
import { Filter } from './filter.tsx';
import { FirstMinute } from './first-minute.tsx';
import { isOver } from './job-text.ts';
import { Jobs } from './jobs.tsx';
import { filtered } from './rows.ts';
import { SimulationTable } from './table.tsx';
import './simulations.css';

/** Simulations: those that play on top, then those that are stored. */
const Simulations: View = ({ params }) => {
  const jobs = useJobs();
  const { simulations, problems, isComplete, error } = useSimulations();
  const filter = params.get('filter') ?? '';
  const chosen = params.getAll('with');
  // What still plays stands among the jobs.
  const playing = jobs.filter((job) => !isOver(job)).map(({ folder }) => folder);
  const stored = useMemo(
    () => simulations.filter(({ folder }) => !playing.includes(folder)),
    [simulations, playing.join(' ')],
  );
  const found = useMemo(() => filtered(stored, filter), [stored, filter]);

  function choose(choice: string, isChosen: boolean) {
    const others = chosen.filter((other) => other !== choice);
    goTo(linkWith('simulations', params, { with: isChosen ? [...others, choice] : others }), {
      replace: true,
    });
  }

  const said =
    filter === ''
      ? counted(stored.length, 'simulation')
      : `${count(found.length)} of ${counted(stored.length, 'simulation')}`;
  const isEmpty = isComplete && simulations.length === 0 && jobs.length === 0;
  return (
    <>
      <h1>Simulations</h1>
      <Jobs />
      {error !== undefined && (
        <p role="alert" class="wrong">
          The stored simulations cannot be listed: {error}
        </p>
      )}
      <Problems problems={problems} />
      {isEmpty && <FirstMinute />}
      {simulations.length > 0 && (
        <section aria-labelledby="stored">
          <h2 id="stored">Stored</h2>
          <Filter params={params} found={isComplete ? said : `${said}, and more are being read…`} />
          <Chosen chosen={chosen} simulations={simulations} jobs={jobs} params={params} />
          <SimulationTable simulations={found} params={params} chosen={chosen} onChoose={choose} />
          {found.length === 0 && <p class="quiet">No simulation has all these words.</p>}
        </section>
      )}
      {!isComplete && simulations.length === 0 && error === undefined && (
        <p class="quiet">Reading what is stored…</p>
      )}
    </>
  );
};

function Problems({ problems }: { problems: readonly string[] }) {
  if (problems.length === 0) return null;
  return (
    <details class="notice">
      <summary>{counted(problems.length, 'folder')} could not be read</summary>
      <ul>
        {problems.slice(0, 100).map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
        {problems.length > 100 && <li>and {count(problems.length - 100)} more</li>}
      </ul>
    </details>
  );
}

export default Simulations;
