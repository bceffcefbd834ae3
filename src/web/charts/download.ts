import { type Picture, svgFile } from './svg.ts';

/** Pixels of a PNG file for each of the page's. */
const SHARPNESS = 2;

/** Hands a file to who looks at the page. */
export function download(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Some browsers read it only after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Downloads a text as a CSV file; `name` without its ending. */
export function downloadCsv(name: string, text: string): void {
  download(`${name}.csv`, new Blob([text], { type: 'text/csv' }));
}

/** Downloads a picture as an SVG file. */
export function downloadSvg(name: string, picture: Picture, ground: string): void {
  download(`${name}.svg`, svgBlob(picture, ground));
}

/** Downloads a picture as a PNG file. */
export async function downloadPng(name: string, picture: Picture, ground: string): Promise<void> {
  const url = URL.createObjectURL(svgBlob(picture, ground));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = picture.width * SHARPNESS;
    canvas.height = picture.height * SHARPNESS;
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
    if (blob !== null) download(`${name}.png`, blob);
  } finally {
    URL.revokeObjectURL(url);
  }
}

function svgBlob(picture: Picture, ground: string): Blob {
  return new Blob([svgFile(picture, ground)], { type: 'image/svg+xml' });
}

/** A file's name of what people call something: letters, digits, hyphens. */
export function fileName(text: string): string {
  return (
    text
      .replace(/[^A-Za-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 100) || 'chart'
  );
}
