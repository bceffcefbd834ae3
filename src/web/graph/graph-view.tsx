import './graph.css';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { GraphPicture } from '../../gen/gossip/v1/simulation_pb.ts';
import { useTheme } from '../charts/colors.ts';
import { moveCamera } from './camera-keys.ts';
import type { CameraLink } from './camera-link.ts';
import type { DrawnGraph } from './drawn-graph.ts';
import type { Paint } from './paint.ts';
import { shortName } from './short-name.ts';

export interface GraphViewProps {
  /** Another object is drawn anew. */
  readonly picture: GraphPicture;
  /** What the nodes look like now: paintOf. Changing it is fast, for 60 rounds a second. */
  readonly paint: Paint;
  /** What is to be seen, for those who do not see it. */
  readonly label: string;
  /** By node: a measure, 0 or greater, that the nodes' areas grow with; null: all are alike. */
  readonly sizes?: ArrayLike<number> | null;
  /** Whether each node has a rim in the color of its community. */
  readonly communities?: boolean;
  /** The node that is marked; null: none. */
  readonly selected?: number | null;
  /** The exchange whose edge is lit, from its initiator to its partner. */
  readonly exchange?: { readonly initiator: number; readonly partner: number } | null;
  /** Somebody picked a node, or (null) none. Left out: nodes cannot be picked. */
  readonly onSelect?: (node: number | null) => void;
  /** What is written beside a node that is pointed at or marked; left out: its name. */
  readonly textOf?: (node: number) => string;
  /** Another object moves the camera to its node. */
  readonly lookAt?: { readonly node: number } | null;
  /** Those with the same link show the same part of their graphs. */
  readonly link?: CameraLink;
}

/** A graph as people look at it: moved and magnified by pointer, fingers and keyboard. */
export function GraphView(props: GraphViewProps) {
  const { picture, paint, label, sizes = null, communities = false, link } = props;
  const { selected = null, exchange = null } = props;
  const box = useRef<HTMLDivElement>(null);
  // What the drawing calls, as the last rendering has it.
  const latest = useRef(props);
  latest.current = props;
  const [drawn, setDrawn] = useState<DrawnGraph | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  const theme = useTheme();

  useEffect(() => {
    const element = box.current!;
    let current: DrawnGraph | null = null;
    let left = false;
    const lost = () =>
      setProblem('The browser took the drawing away, as it does where many are open.');
    // Sigma needs WebGL already to be loaded.
    import('./drawn-graph.ts').then(
      ({ drawGraph }) => {
        if (left) return;
        try {
          current = drawGraph(element, picture, latest.current.paint, {
            picked: (node) => latest.current.onSelect?.(node),
            textOf: (node) =>
              latest.current.textOf?.(node) ?? shortName(picture.names[node] ?? `${node}`),
          });
          element.addEventListener('webglcontextlost', lost, { capture: true });
          setProblem(null);
          setDrawn(current);
        } catch {
          setProblem(NO_WEBGL);
        }
      },
      () => {
        if (!left) setProblem(NO_WEBGL);
      },
    );
    return () => {
      left = true;
      element.removeEventListener('webglcontextlost', lost, { capture: true });
      current?.end();
      setDrawn(null);
    };
  }, [picture, attempt]);

  useLayoutEffect(() => drawn?.paint(paint), [drawn, paint]);
  useLayoutEffect(() => drawn?.size(sizes), [drawn, sizes]);
  useLayoutEffect(() => drawn?.showCommunities(communities), [drawn, communities]);
  // What is written beside marked nodes may follow from the colors.
  const texts = [selected, exchange?.initiator, exchange?.partner].map((node) =>
    node === null || node === undefined ? '' : props.textOf?.(node),
  );
  useLayoutEffect(
    () => drawn?.mark({ selected, exchange }),
    [drawn, selected, exchange?.initiator, exchange?.partner, ...texts],
  );
  const { lookAt = null } = props;
  useEffect(() => {
    if (lookAt !== null) drawn?.lookAt(lookAt.node);
  }, [drawn, lookAt]);
  useEffect(() => drawn?.retheme(), [drawn, theme]);
  useEffect(() => {
    if (drawn === null) return;
    const watching = new ResizeObserver(() => drawn.resize());
    watching.observe(box.current!);
    return () => watching.disconnect();
  }, [drawn]);
  useEffect(() => (drawn === null ? undefined : link?.join(drawn.camera)), [drawn, link]);

  const move = (key: string) => drawn !== null && moveCamera(drawn.camera, key);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (!move(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="graph">
      <div
        class="graph-canvas"
        role="img"
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: its part that is seen moves by keys.
        tabIndex={0}
        ref={box}
        // Who uses a pointer keeps the keys for what they do elsewhere.
        onMouseDown={(event) => event.preventDefault()}
        onKeyDown={onKeyDown}
      />
      {problem !== null && (
        <p class="graph-problem" role="status">
          {problem} The table of values says the same.{' '}
          <button type="button" onClick={() => setAttempt(attempt + 1)}>
            Draw again
          </button>
        </p>
      )}
      <div class="graph-zoom">
        {ZOOMS.map(([key, sign, name]) => (
          <button type="button" key={key} aria-label={name} title={name} onClick={() => move(key)}>
            {sign}
          </button>
        ))}
      </div>
    </div>
  );
}

const NO_WEBGL = 'This browser cannot draw the graph: WebGL is missing or switched off.';

const ZOOMS = [
  ['+', '+', 'Zoom in'],
  ['-', '−', 'Zoom out'],
  ['0', 'Reset', 'Reset the view'],
] as const;
