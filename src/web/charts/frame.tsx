import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Scroll } from '../scroll.tsx';
import { resolvePalette } from './colors.ts';
import { downloadCsv, downloadPng, downloadSvg, fileName } from './download.ts';
import type { Palette, Picture } from './svg.ts';

export interface ChartFrameProps {
  title: string;
  /** Of the files that it is downloaded as; what it says is made fit for one. */
  fileName: string;
  csv: () => string;
  /** Of the light theme, as paper is. */
  picture: (palette: Palette, scheme: 'light') => Picture;
  /** What the chart says, in numbers; made when somebody wants to see it. */
  table: () => ComponentChildren;
  children: ComponentChildren;
}

/** A chart with its title, its downloads and its numbers. */
export function ChartFrame(props: ChartFrameProps) {
  const [isOpen, setOpen] = useState(false);
  const name = fileName(props.fileName);
  const drawn = () => {
    const palette = resolvePalette('light');
    return [name, props.picture(palette, 'light'), palette.ground] as const;
  };
  return (
    <figure class="chart">
      <figcaption>
        <b>{props.title}</b>
        <span class="downloads">
          <button
            type="button"
            aria-label={`Download ${props.title} as CSV`}
            onClick={() => downloadCsv(name, props.csv())}
          >
            CSV
          </button>
          <button
            type="button"
            aria-label={`Download ${props.title} as SVG`}
            onClick={() => downloadSvg(...drawn())}
          >
            SVG
          </button>
          <button
            type="button"
            aria-label={`Download ${props.title} as PNG`}
            onClick={() => void downloadPng(...drawn())}
          >
            PNG
          </button>
        </span>
      </figcaption>
      {props.children}
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>Numbers</summary>
        {isOpen && <Scroll label={`Numbers of ${props.title}`}>{props.table()}</Scroll>}
      </details>
    </figure>
  );
}
