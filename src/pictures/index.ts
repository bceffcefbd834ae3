/*
 * Pictures of runs. Loaded only where a simulation asks for them: rendering and layout are heavy. What is drawn at all
 * is in limits.ts, which is not.
 */
export {
  createPictures,
  type PicturedRun,
  type PictureObject,
  type Pictures,
} from './pictures.ts';
