export { formatNumber } from './axis.ts';
export { resolveColor, seriesStyle, useTheme } from './colors.ts';
export { csv } from './csv.ts';
export { type DistributionRow, meanText } from './distribution.ts';
export { Distribution, type DistributionProps } from './distribution.tsx';
export { download, downloadCsv, fileName } from './download.ts';
export { LineChart, type LineChartProps } from './line-chart.tsx';
export { type Line, roundAfterKey, shorten } from './lines.ts';
