import { resolvePalette } from '../../charts/colors.ts';
import { csv } from '../../charts/csv.ts';
import { downloadCsv, downloadPng, downloadSvg, fileName } from '../../charts/download.ts';
import { type GraphMoment, graphPicture } from '../../graph/graph-picture.ts';
import type { valueRecords } from './value-records.ts';

export interface DownloadsProps {
  /** Of the files, without their endings. */
  readonly name: string;
  readonly moment: () => Omit<GraphMoment, 'palette'>;
  readonly values: () => ReturnType<typeof valueRecords>;
}

/** What is seen, as files. */
export function Downloads({ name, moment, values }: DownloadsProps) {
  const file = fileName(name);
  const picture = () => {
    const palette = resolvePalette('light');
    return [graphPicture({ ...moment(), palette }), palette.ground] as const;
  };
  return (
    <span class="row tight downloads">
      <button
        type="button"
        aria-label="Download the graph as PNG"
        onClick={() => void downloadPng(file, ...picture())}
      >
        PNG
      </button>
      <button
        type="button"
        aria-label="Download the graph as SVG"
        onClick={() => downloadSvg(file, ...picture())}
      >
        SVG
      </button>
      <button
        type="button"
        aria-label="Download the values as CSV"
        onClick={() => downloadCsv(file, csv(values()))}
      >
        CSV
      </button>
    </span>
  );
}
