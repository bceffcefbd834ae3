export { fieldError, type Locate, placeOf } from './field-error.ts';
export { isGraphFile, readGraphFile } from './graph-file.ts';
export {
  type GraphObject,
  graphFromObject,
  graphResource,
  graphSourceObject,
  parseGraphResource,
} from './graph-resource.ts';
export { nameFromFile, nameProblem } from './name.ts';
export { chunksOf, readChunks } from './read-chunks.ts';
