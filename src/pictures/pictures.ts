import { type Content, gexfKey, gifKey, pngKey, type RunPlace } from '../storage/index.ts';
import { finalOf } from './film.ts';
import { type Drawing, GRAPH_BOX, groundSvg } from './frame.ts';
import { createGexf, type GexfSettings } from './gexf.ts';
import { drawGif } from './gif.ts';
import { layOut } from './layout.ts';
import { isDrawn } from './limits.ts';
import { openRenderer, type Renderer } from './render.ts';
import { createScene, type Scale, type Scene } from './scene.ts';
import { drawSheet } from './sheet.ts';

/** A run to be drawn. */
export interface PicturedRun {
  readonly place: RunPlace;
  /** Stands in each picture: the graph, the algorithm, the run. */
  readonly caption: string;
  /** By round, from 0: the values of all nodes. */
  readonly values: readonly Float64Array[];
}

/** An object to be stored. */
export interface PictureObject {
  readonly key: string;
  readonly content: Content;
  readonly contentType: string;
}

/** Draws runs on one graph, which lies in the same place in all of them. */
export interface Pictures {
  /**
   * One GEXF file a round and, where the graph is small enough (isDrawn), a GIF and a PNG. All are pure functions of the
   * graph, the settings and the run. Throws the signal's reason where it aborts.
   */
  of(run: PicturedRun, signal: AbortSignal): AsyncGenerator<PictureObject>;
}

/** Pictures of runs on a graph. Nothing is laid out or drawn before the first run. */
export function createPictures(settings: GexfSettings): Pictures {
  const { graph, communities } = settings;
  const gexf = createGexf(settings);
  let stage: Promise<Stage> | null = null;

  async function open(): Promise<Stage> {
    const renderer = await openRenderer();
    const scene = createScene(graph, communities, layOut(graph, communities), GRAPH_BOX);
    return { renderer, scene, ground: renderer.pixels(groundSvg(scene)) };
  }

  return {
    async *of({ place, caption, values }, signal) {
      const integers = values.every((held) => held.every(Number.isSafeInteger));
      for (const [round, held] of values.entries()) {
        signal.throwIfAborted();
        yield {
          key: gexfKey(place, round),
          content: gexf(held, integers ? 'long' : 'double'),
          contentType: 'application/xml',
        };
      }
      if (!isDrawn(graph)) return;
      stage ??= open();
      const { renderer, scene, ground } = await stage;
      const drawing: Drawing = { scene, scale: scaleOf(values), final: finalOf(values), caption };
      yield {
        key: gifKey(place),
        content: await drawGif(renderer, ground, drawing, values, signal),
        contentType: 'image/gif',
      };
      yield {
        key: pngKey(place),
        content: drawSheet(renderer, drawing, values),
        contentType: 'image/png',
      };
    },
  };
}

interface Stage {
  readonly renderer: Renderer;
  readonly scene: Scene;
  /** The pixels below the nodes. */
  readonly ground: Uint8Array;
}

/** No value is ever beyond those of the start: exchanges only bring them together. */
function scaleOf([start]: readonly Float64Array[]): Scale {
  let low = Infinity;
  let high = -Infinity;
  for (const value of start) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return { low, high };
}
