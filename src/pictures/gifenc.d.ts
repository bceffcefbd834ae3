/** What we use of gifenc, which has no types of its own. CommonJS: what it exports is the default import. */
declare module 'gifenc' {
  type Palette = readonly (readonly number[])[];

  interface FrameOptions {
    /** Given with the first frame, it is that of all. */
    readonly palette?: Palette | undefined;
    /** Milliseconds. */
    readonly delay: number;
    readonly transparent?: boolean;
    readonly transparentIndex?: number;
    /** 1: the frame stays below the next. */
    readonly dispose?: number;
  }

  interface Encoder {
    /** `index` has one entry of the palette for each pixel. */
    writeFrame(index: Uint8Array, width: number, height: number, options: FrameOptions): void;
    finish(): void;
    bytes(): Uint8Array;
  }

  const gifenc: {
    GIFEncoder(): Encoder;
    /** At most `count` colors that stand for those of the pixels. */
    quantize(pixels: Uint8Array, count: number): [number, number, number][];
    /** For each pixel, the nearest color of the palette. */
    applyPalette(pixels: Uint8Array, palette: Palette): Uint8Array;
  };
  export default gifenc;
}
