import { useMemo } from 'preact/hooks';
import { Aggregate } from '../../../gen/gossip/v1/host_pb.ts';
import type { Compared } from '../../../gen/gossip/v1/simulation_pb.ts';
import { LineChart } from '../../charts/line-chart.tsx';
import { useHistories } from '../../history.ts';
import { linkWith } from '../../link-with.ts';
import { goTo } from '../../place.ts';
import { AllRuns } from './all-runs.tsx';
import { shownOf, standingsText } from './contestant.ts';
import { Controls } from './controls.tsx';
import { CURVES, type CurveName, curveName, curveOf } from './curves.ts';
import { longest, numberIn } from './in-step.ts';
import { Pictures } from './pictures.tsx';
import { usePlayback } from './playback.ts';
import { RunChoice } from './run-choice.tsx';
import { graphsOf, pairingText } from './words.ts';

const MOST_RUNS = 1e9;

/** The contestants beside each other: one run of each in step, and all their runs together. */
export function Comparison({
  contestants,
  params,
}: {
  contestants: readonly Compared[];
  params: URLSearchParams;
}) {
  const run = numberIn(params.get('run'), 1, MOST_RUNS, contestants[0].runs[0] ?? 1);
  const all = useMemo(() => shownOf(contestants, run), [contestants, run]);
  const histories = useHistories(all.map(({ place }) => place));
  const ends = histories.map(({ decoder }) => decoder.rounds.at(-1)?.round ?? null);
  const last = longest(all.map((shown, index) => shown.last ?? ends[index]));
  const playback = usePlayback(params, last);
  const isMean = histories.every(({ decoder }) => decoder.beginning?.aggregate === Aggregate.MEAN);
  const curve = curveName(params.get('curve'), isMean);
  const lines = useMemo(
    () =>
      all.map(({ label, color, dashed }, index) => {
        const { decoder } = histories[index];
        const values = curveOf(curve, decoder.rounds, decoder.beginning?.nodes ?? 1);
        return { label, color, dashed, values };
      }),
    [all, curve, ...histories],
  );
  const pairing = pairingText(contestants);
  const title = `compare-${graphsOf(contestants).join('-')}`;
  const choose = (name: 'run' | 'curve') => (value: string | number) =>
    goTo(linkWith('compare', params, { [name]: `${value}` }), { replace: name === 'curve' });
  return (
    <>
      {pairing !== null && <p class="notice">{pairing}</p>}
      <section aria-label="One run of each, in step">
        <div class="row clock">
          <Controls playback={playback} />
          <RunChoice run={run} runs={contestants[0].runs} onChoose={choose('run')} />
        </div>
        <p class="unseen" role="status">
          {playback.isPlaying ? '' : standingsText(all, playback.round)}
        </p>
        <Pictures all={all} histories={histories} round={playback.round} />
      </section>
      <section class="curves" aria-label="How they go on over the rounds">
        <CurveChoice curve={curve} onChoose={choose('curve')} />
        <LineChart
          title={CURVES[curve].title}
          lines={lines}
          marker={playback.round}
          logarithmic={curve === 'spread' && isMean}
          onPick={playback.show}
          fileName={`${title}-run-${run}-${curve}`}
        />
      </section>
      <AllRuns all={all} run={run} params={params} title={title} />
    </>
  );
}

function CurveChoice({ curve, onChoose }: { curve: CurveName; onChoose: (name: string) => void }) {
  return (
    <label class="row">
      Curve
      <select value={curve} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
        {Object.entries(CURVES).map(([name, { title }]) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}
