import { mix } from '../mix.ts';
import weightedFactor from './weighted_factor.ts';

export default mix(
  'weighted_factor, mixed with the HITS hub score of the neighbor',
  weightedFactor,
  'hubScore',
);
