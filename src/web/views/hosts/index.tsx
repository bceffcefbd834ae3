import './hosts.css';
import { useMemo, useRef, useState } from 'preact/hooks';
import { Aggregate } from '../../../gen/gossip/v1/host_pb.ts';
import type { GraphPicture } from '../../../gen/gossip/v1/simulation_pb.ts';
import type { HistoryDecoder } from '../../../replay/index.ts';
import type { View } from '../../app.tsx';
import { useStream } from '../../asking.ts';
import { formatNumber, LineChart } from '../../charts/index.ts';
import { useClient } from '../../client.ts';
import { useConnection } from '../../connection.ts';
import { GraphView, paintOf, ValueLegend } from '../../graph/index.ts';
import { linkWith } from '../../link-with.ts';
import { goTo } from '../../place.ts';
import { StreamEnded } from '../../retrying.ts';
import { useServer } from '../../server.ts';
import { NodeTable } from './node-table.tsx';
import { byRound, nothingWatched, roundText, type Watched, withMessage } from './watched.ts';

/** The hosts that the server was told of, as they play for a runner elsewhere; `node` names one that is marked. */
const Hosts: View = ({ params }) => {
  const { value: server } = useServer();
  const { watched, error } = useWatched();
  const { picture, decoder, problems } = watched;
  const hosts = server?.hosts ?? [];
  return (
    <div class="hosts">
      <h1>Hosts</h1>
      <p class="quiet">{hosts.join(', ')}</p>
      <div role="status">
        {[...problems, ...(error === null ? [] : [error])].map((problem) => (
          <p class="wrong" key={problem}>
            {problem}
          </p>
        ))}
      </div>
      {picture === null ? (
        <p class="quiet">Their graph is shown once a runner has begun a run on them.</p>
      ) : (
        <Playing picture={picture} decoder={decoder} params={params} />
      )}
    </div>
  );
};

const DISTINCT = { title: 'Distinct values', figure: 'distinct' } as const;
const SPREAD = { title: 'Largest difference', figure: 'spread' } as const;

function Playing({
  picture,
  decoder,
  params,
}: {
  picture: GraphPicture;
  decoder: HistoryDecoder;
  params: URLSearchParams;
}) {
  const { beginning, rounds } = decoder;
  const figures = rounds.at(-1);
  const nodes = picture.names.length;
  const round = figures?.round ?? 0;
  const values = useMemo(() => {
    const codes = decoder.codes(round);
    return Array.from(codes, (code) => decoder.valueOf(code));
  }, [decoder, beginning, rounds.length, round]);
  const scale = { low: beginning?.least ?? 0, high: beginning?.greatest ?? 0 };
  // A mean is only come close to.
  const isMean =
    beginning?.aggregate !== Aggregate.MINIMUM && beginning?.aggregate !== Aggregate.MAXIMUM;
  // Its values hardly ever agree, but come near to each other.
  const curve = isMean ? SPREAD : DISTINCT;
  const final = beginning === null || isMean ? null : beginning.final;
  const paint = useMemo(
    () => paintOf(values.length === nodes ? values : new Float64Array(nodes), scale, final),
    [values, picture, scale.low, scale.high, final],
  );
  const asked = params.get('node');
  const selected =
    asked !== null && /^\d+$/.test(asked) && Number(asked) < nodes ? Number(asked) : null;
  const select = (node: number | null) =>
    goTo(linkWith('hosts', params, { node: node === null ? null : `${node}` }), { replace: true });
  const text =
    figures === undefined
      ? 'No round was played yet.'
      : `${roundText(beginning?.place?.run ?? 0, figures, nodes)}.`;
  return (
    <>
      <p class="round">{text}</p>
      <div class="both">
        <section aria-label="Graph">
          <div class="canvas">
            <GraphView
              picture={picture}
              paint={paint}
              label={`The hosts' graph. ${text}`}
              communities
              selected={selected}
              onSelect={select}
              textOf={(node) => nodeText(picture.names[node], values[node])}
            />
          </div>
          {figures !== undefined && (
            <ValueLegend
              scale={scale}
              final={final}
              communities={new Set(picture.communities).size}
            />
          )}
        </section>
        <section aria-label="Values">
          {figures !== undefined && (
            <LineChart
              title={curve.title}
              lines={[
                {
                  label: curve.title.toLowerCase(),
                  values: byRound(rounds, curve.figure),
                  color: 'var(--series-1)',
                },
              ]}
              logarithmic={isMean}
              marker={round}
              fileName={`hosts-${curve.figure}`}
            />
          )}
          <NodeTable picture={picture} values={values} selected={selected} onSelect={select} />
        </section>
      </div>
    </>
  );
}

function nodeText(name: string, value: number | undefined): string {
  return value === undefined ? name : `${name}: ${formatNumber(value)}`;
}

/** What the server tells of the hosts, drawn at most once a frame. */
function useWatched(): { watched: Watched; error: string | null } {
  const client = useClient();
  const { version } = useConnection();
  const [watched, setWatched] = useState(nothingWatched);
  const [error, setError] = useState<string | null>(null);
  const frame = useRef<number | null>(null);
  useStream(
    async (signal, answered) => {
      let now = nothingWatched();
      const draw = () => {
        frame.current = null;
        setWatched(now);
      };
      for await (const message of client.watchHosts({}, { signal })) {
        answered();
        setError(null);
        now = withMessage(now, message);
        frame.current ??= requestAnimationFrame(draw);
      }
      throw new StreamEnded('the server ended the stream');
    },
    setError,
    [client, version],
  );
  return { watched, error };
}

export default Hosts;
