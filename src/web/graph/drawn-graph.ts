import Sigma from 'sigma';
import type { Coordinates } from 'sigma/types';
import type { GraphPicture } from '../../gen/gossip/v1/simulation_pb.ts';
import { RING } from '../../pictures/colors.ts';
import { createDiscProgram, type DiscLook, NoDiscs } from './disc-program.ts';
import { drawMarks, type Marks } from './overlay.ts';
import type { Paint } from './paint.ts';
import { nodeAt } from './pointing.ts';
import { radiiOf } from './radii.ts';
import { sigmaGraph } from './sigma-graph.ts';
import { FEW_NODES, sigmaSettings, themeSettings } from './sigma-settings.ts';
import { themeNow } from './theme.ts';

/** A graph drawn by WebGL into an element. */
export interface DrawnGraph {
  /** Shows other colors, at the next frame; edges and labels are not drawn again. */
  paint(paint: Paint): void;
  /** Marks nodes and an edge, at the next frame. */
  mark(marks: Partial<Marks>): void;
  /** Another measure that the nodes' areas grow with; null: none. */
  size(measure: ArrayLike<number> | null): void;
  /** Whether communities are to be seen. */
  showCommunities(shown: boolean): void;
  /** Takes the page's colors again. */
  retheme(): void;
  /** The element has another size. */
  resize(): void;
  readonly camera: ReturnType<Sigma['getCamera']>;
  /** Moves the camera to a node. */
  lookAt(node: number): void;
  /** Frees what the drawing took. */
  end(): void;
}

/** What happens in a drawn graph. */
export interface DrawnGraphEvents {
  /** A node was picked, or (null) the ground between them. */
  readonly picked: (node: number | null) => void;
  /** What stands beside a node that is pointed at or marked. */
  readonly textOf: (node: number) => string;
}

/**
 * Draws a graph into an element that has a size.
 *
 * @throws Error where WebGL is missing
 */
export function drawGraph(
  element: HTMLElement,
  picture: GraphPicture,
  paint: Paint,
  { picked, textOf }: DrawnGraphEvents,
): DrawnGraph {
  let theme = themeNow();
  const look: DiscLook = { paint, communities: null, ring: RING, ground: theme.ground };
  const discs = createDiscProgram(look);
  const marks: Marks = { selected: null, exchange: null, hovered: null };
  let radii = radiiOf(picture.x.length, null, areaOf(element));
  const graph = sigmaGraph(picture, radii);
  const renderer = new Sigma(graph, element, {
    ...sigmaSettings(picture.x.length, picture.sources.length),
    ...themeSettings(picture.sources.length, theme),
    nodeProgramClasses: { disc: discs.programClass },
    nodeHoverProgramClasses: { disc: NoDiscs },
  });
  const overlay = renderer.createCanvas('marks', { afterLayer: 'hoverNodes' });
  const context = overlay.getContext('2d')!;
  const drawOverlay = () => {
    const isEmpty = marks.selected === null && marks.exchange === null && marks.hovered === null;
    overlay.classList.toggle('empty', isEmpty);
    if (!isEmpty) drawMarks(context, renderer, marks, theme, textOf);
  };
  const fitOverlay = () => {
    const { width, height } = renderer.getDimensions();
    overlay.width = width * devicePixelRatio;
    overlay.height = height * devicePixelRatio;
    Object.assign(overlay.style, { width: `${width}px`, height: `${height}px` });
  };
  fitOverlay();
  renderer.on('resize', fitOverlay);
  const rendered = () => {
    renderer
      .getCanvases()
      .labels.classList.toggle('empty', renderer.getNodeDisplayedLabels().size === 0);
    drawOverlay();
  };
  // Sigma has rendered once already.
  rendered();
  renderer.on('afterRender', rendered);

  let waiting = 0;
  let repaint = false;
  let remark = false;
  // Each layer that is drawn costs much where there is no GPU: only what changed is.
  const drawSoon = (what: 'nodes' | 'marks') => {
    if (what === 'nodes') repaint = true;
    else remark = true;
    waiting ||= requestAnimationFrame(() => {
      waiting = 0;
      if (repaint) discs.repaint();
      if (remark) drawOverlay();
      repaint = remark = false;
    });
  };

  // Up is more for sigma.
  const places = { x: picture.x, y: picture.y.map((y) => -y) };
  const nodeUnder = (point: Coordinates) => {
    const perPixel = 1 / renderer.getGraphToViewportRatio();
    const reaches = radii.map((radius) => Math.max(7, 1.35 * renderer.scaleSize(radius)));
    return nodeAt(renderer.viewportToGraph(point), places, reaches, perPixel);
  };
  const hover = (hovered: number | null) => {
    if (hovered === marks.hovered) return;
    marks.hovered = hovered;
    element.style.cursor = hovered === null ? '' : 'pointer';
    drawSoon('marks');
  };
  const [mouse, touch] = [renderer.getMouseCaptor(), renderer.getTouchCaptor()];
  // Sigma's own would read pixels back at every move of the pointer.
  mouse.removeAllListeners();
  touch.removeAllListeners();
  mouse.on('mousemove', (point) => hover(nodeUnder(point)));
  mouse.on('mouseleave', () => hover(null));
  mouse.on('click', (point) => picked(nodeUnder(point)));
  touch.on('tap', ({ touches, previousTouches }) => {
    const point = touches[0] ?? previousTouches[0];
    if (point !== undefined) picked(nodeUnder(point));
  });

  let measure: ArrayLike<number> | null = null;
  const resizeNodes = () => {
    radii = radiiOf(picture.x.length, measure, areaOf(element));
    graph.updateEachNodeAttributes((_, data) => ({ ...data, size: radii[data.node] }), {
      attributes: ['size'],
    });
  };

  return {
    paint(next) {
      look.paint = next;
      drawSoon('nodes');
    },
    mark(changes) {
      Object.assign(marks, changes);
      drawSoon('marks');
    },
    size(next) {
      if (next === measure) return;
      measure = next;
      resizeNodes();
    },
    showCommunities(shown) {
      const communities = shown ? picture.communities : null;
      if (communities === look.communities) return;
      look.communities = communities;
      renderer.refresh({
        partialGraph: { nodes: graph.nodes() },
        skipIndexation: true,
        schedule: true,
      });
    },
    retheme() {
      const now = themeNow();
      if (JSON.stringify(now) === JSON.stringify(theme)) return;
      theme = now;
      look.ground = theme.ground;
      renderer.setSettings(themeSettings(picture.sources.length, theme));
    },
    resize() {
      const { width, height } = renderer.getDimensions();
      if (element.offsetWidth === width && element.offsetHeight === height) return;
      renderer.resize();
      resizeNodes();
    },
    camera: renderer.getCamera(),
    lookAt(node) {
      const { x, y } = renderer.getNodeDisplayData(String(node))!;
      const camera = renderer.getCamera();
      const most = picture.x.length <= FEW_NODES ? 1 : 0.4;
      // A graph that is seen whole, and can be read so, stays in its place.
      if (camera.ratio < 1 || most < 1) {
        camera.setState({ x, y, ratio: Math.min(camera.ratio, most) });
      }
    },
    end() {
      cancelAnimationFrame(waiting);
      renderer.kill();
    },
  };
}

function areaOf(element: HTMLElement): number {
  return Math.max(1, element.clientWidth * element.clientHeight);
}
