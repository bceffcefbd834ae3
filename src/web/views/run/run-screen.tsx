import { useMemo, useRef, useState } from 'preact/hooks';
import { Schedule } from '../../../gen/gossip/v1/host_pb.ts';
import type { GetSimulationResponse, GraphPicture } from '../../../gen/gossip/v1/simulation_pb.ts';
import { formatNumber } from '../../charts/axis.ts';
import { GraphView, shortName, ValueLegend } from '../../graph/index.ts';
import type { HistoryPlace, KnownHistory } from '../../history.ts';
import { linkWith } from '../../link-with.ts';
import { goTo, parsePlace } from '../../place.ts';
import { Controls } from './controls.tsx';
import { Curve } from './curve.tsx';
import { Downloads } from './downloads.tsx';
import { exchangeAt, exchangeText } from './exchanges.ts';
import { GraphOptions } from './graph-options.tsx';
import { measureOf } from './measures.ts';
import { NodePanel } from './node-panel.tsx';
import type { RunParams } from './run-params.ts';
import { useMoments } from './use-moments.ts';
import { useRunKeys } from './use-run-keys.ts';
import { useSettled } from './use-settled.ts';
import { useShown } from './use-shown.ts';
import { useSizes } from './use-sizes.ts';
import { valueRecords } from './value-records.ts';
import { ValueTable } from './value-table.tsx';
import { momentText } from './words.ts';

export interface RunScreenProps {
  readonly about: GetSimulationResponse;
  readonly picture: GraphPicture;
  readonly known: KnownHistory;
  readonly place: HistoryPlace;
  readonly run: RunParams;
  readonly params: URLSearchParams;
}

/** A run to be looked at, moment by moment. */
export function RunScreen({ about, picture, known, place, run, params }: RunScreenProps) {
  const nodes = picture.x.length;
  const { names } = picture;
  const { beginning, rounds } = known.decoder;
  const atOnce = about.simulation?.schedule === Schedule.SYNCHRONOUS;
  const moments = useMoments(known, place, nodes, run.position);
  const { position, last, move, countOf, exchanges: now } = moments;
  const shown = useShown(known, nodes, position, now, atOnce);
  const measure = measureOf(params.get('size'));
  const sized = useSizes(place.folder, picture, measure);
  const communities = params.get('rims') === '1';
  const change = (changes: Record<string, string | null>) => {
    goTo(linkWith('run', parsePlace(location.hash).params, changes), { replace: true });
  };
  const select = (node: number | null) => change({ node: node === null ? null : `${node}` });
  const selected = run.node !== null && run.node < nodes ? run.node : null;
  const [found, setFound] = useState<{ node: number } | null>(null);
  const field = useRef<HTMLInputElement>(null);

  useRunKeys(moments, { search: () => field.current?.focus(), leave: () => select(null) });

  const lit = useMemo(
    () =>
      now !== undefined && position.exchange !== null
        ? exchangeAt(now, position.exchange - 1)
        : null,
    [now, position.exchange],
  );
  const text =
    shown === null
      ? ''
      : momentText({
          ...shown,
          position,
          last,
          isWhole: beginning?.lastRound !== undefined || known.isWhole,
          exchanges: countOf(position.round),
          nodes,
        });
  const exchange = lit === null ? '' : exchangeText(lit, names, atOnce);
  const said = useSettled([text, exchange].filter(Boolean).join('; '), 600);

  if (shown === null) {
    if (known.error !== undefined) return <p class="notice wrong">{known.error}</p>;
    if (beginning !== null && beginning.nodes !== nodes) {
      return (
        <p class="notice wrong">
          The run has {beginning.nodes} nodes, its graph {nodes}.
        </p>
      );
    }
    return <p class="quiet">Reading the run…</p>;
  }
  const { values, paint, scale, final, isMean } = shown;
  const title = `${about.simulation?.name || place.folder} on ${picture.name}, run ${place.run}`;
  const file = `${title} round ${position.round}`;
  return (
    <div class={selected === null ? 'run-screen' : 'run-screen with-node'}>
      <div class="run-main">
        <GraphOptions
          measure={measure}
          onMeasure={(size) => change({ size })}
          problem={sized.problem}
          communities={communities}
          onCommunities={(rims) => change({ rims: rims ? '1' : null })}
          names={names}
          onFind={(node) => {
            select(node);
            setFound({ node });
          }}
          field={field}
        />
        <p class="moment" aria-hidden="true">
          <b>{text}</b> {exchange !== '' && <span class="exchange">{exchange}</span>}
        </p>
        <p class="unseen" role="status">
          {said}
        </p>
        <div class="run-graph">
          <GraphView
            picture={picture}
            paint={paint}
            label={`The graph ${picture.name}: ${text}`}
            sizes={sized.sizes}
            communities={communities}
            selected={selected}
            exchange={lit}
            onSelect={select}
            textOf={(node) => `${shortName(names[node])}: ${formatNumber(values[node])}`}
            lookAt={found}
          />
        </div>
        <div class="row between">
          <ValueLegend
            scale={scale}
            final={final}
            isMean={isMean}
            communities={communities ? new Set(picture.communities).size : null}
          />
          <Downloads
            name={file}
            moment={() => ({
              graph: picture,
              paint,
              scale,
              final,
              isMean,
              sizes: sized.sizes,
              communities,
              exchange: lit,
              title,
              caption: [text, exchange].filter(Boolean).join('; '),
            })}
            values={() => valueRecords(names, values)}
          />
        </div>
        <Controls moments={moments} text={text} />
        {known.error !== undefined && (
          <p class="wrong" role="status">
            The rest of the run cannot be read: {known.error}
          </p>
        )}
        <Curve
          rounds={rounds}
          known={known}
          isMean={isMean}
          round={position.round}
          onPick={(round) => moments.go({ round, exchange: null })}
          fileName={`${title} rounds`}
        />
        <ValueTable
          names={names}
          values={values}
          ringed={paint.ringed}
          steps={isMean && !beginning?.exact ? place : null}
          position={position}
          onSelect={select}
        />
      </div>
      {selected !== null && (
        <NodePanel
          place={place}
          node={selected}
          name={names[selected]}
          value={values[selected]}
          round={position.exchange === null ? position.round : position.round - 1}
          known={known}
          onRound={(round) => move({ round, exchange: null })}
          onSelect={select}
          found={found}
        />
      )}
    </div>
  );
}
