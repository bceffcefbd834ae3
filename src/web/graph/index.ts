export { type CameraLink, createCameraLink } from './camera-link.ts';
export { GraphView, type GraphViewProps } from './graph-view.tsx';
export { ValueLegend } from './legend.tsx';
export { createPaint, markHolding, type Paint, paintOf, type Scale } from './paint.ts';
export { shortName } from './short-name.ts';
