import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { ownFile } from '../own-files.ts';

/** Turns SVG into pixels. */
export interface Renderer {
  /** Red, green, blue and opacity of each pixel, row by row; the colors are multiplied by the opacity. */
  pixels(svg: string): Uint8Array;
  /** A PNG file, `zoom` times as large as the SVG says. */
  png(svg: string, zoom: number): Uint8Array;
}

/** The one font that texts are set in: what a picture looks like must not depend on the machine. */
export const FONT = 'Inter';

let opened: Promise<Renderer> | null = null;

/** The renderer, which is loaded once. */
export function openRenderer(): Promise<Renderer> {
  opened ??= open();
  return opened;
}

/** What is seen where a picture with clear parts lies over one without; all are arrays of Renderer.pixels. */
export function laidOver(ground: Uint8Array, picture: Uint8Array): Uint8Array {
  const result = new Uint8Array(ground.length);
  for (let i = 0; i < ground.length; i += 4) {
    const clear = 255 - picture[i + 3];
    for (let part = i; part < i + 3; part++) {
      result[part] = picture[part] + Math.round((ground[part] * clear) / 255);
    }
    result[i + 3] = 255;
  }
  return result;
}

async function open(): Promise<Renderer> {
  const { resolve } = createRequire(import.meta.url);
  const [program, font] = await Promise.all([
    readFile(resolve('@resvg/resvg-wasm/index_bg.wasm')),
    readFile(ownFile('src/pictures/font/inter-latin-400.woff2')),
  ]);
  await initWasm(program);
  // Memory of WebAssembly is not collected: what is made here is freed here.
  function rendered<T>(svg: string, zoom: number, take: (image: Image) => T): T {
    const resvg = new Resvg(svg, {
      font: { fontBuffers: [font], defaultFontFamily: FONT },
      fitTo: { mode: 'zoom', value: zoom },
    });
    const image = resvg.render();
    const result = take(image);
    image.free();
    resvg.free();
    return result;
  }
  return {
    pixels: (svg) => rendered(svg, 1, (image) => image.pixels),
    png: (svg, zoom) => rendered(svg, zoom, (image) => image.asPng()),
  };
}

type Image = ReturnType<InstanceType<typeof Resvg>['render']>;
