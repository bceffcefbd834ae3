/** What a camera looks at: the middle of it, in shares of the graph's extent, and how much (1: all of it). */
interface View {
  readonly x: number;
  readonly y: number;
  readonly ratio: number;
}

/** The camera of a drawn graph, as far as keys move it. */
export interface Movable {
  getState(): View;
  setState(state: View): unknown;
}

/** What keys do, for the keyboard's help. */
export const CAMERA_KEYS = [
  ['+ −', 'in the graph: zoom'],
  ['← ↑ → ↓', 'in the graph: move'],
  ['0', 'in the graph: all of it'],
] as const;

/** The share of what is seen that a key moves it by. */
const STEP = 0.15;
const ZOOM = 1.5;
const WAYS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** Moves a camera as a key says; false: the key says nothing. */
export function moveCamera(camera: Movable, key: string): boolean {
  const state = stateAfter(camera.getState(), key);
  if (state !== null) camera.setState(state);
  return state !== null;
}

function stateAfter({ x, y, ratio }: View, key: string): View | null {
  const way = Object.hasOwn(WAYS, key) ? WAYS[key] : null;
  if (way !== null) return { x: x + way[0] * STEP * ratio, y: y + way[1] * STEP * ratio, ratio };
  if (key === '+' || key === '=') return { x, y, ratio: ratio / ZOOM };
  if (key === '-' || key === '−') return { x, y, ratio: ratio * ZOOM };
  return key === '0' ? { x: 0.5, y: 0.5, ratio: 1 } : null;
}
