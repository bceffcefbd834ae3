export { complete } from './complete.ts';
export { erdosRenyi } from './erdos-renyi.ts';
export { randomRegular } from './random-regular.ts';
export { ring } from './ring.ts';
export { star } from './star.ts';
