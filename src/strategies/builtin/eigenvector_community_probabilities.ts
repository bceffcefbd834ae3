import { mix } from '../mix.ts';
import communityProbabilities from './community_probabilities.ts';

export default mix(
  'community_probabilities, mixed with the eigenvector centrality of the neighbor',
  communityProbabilities,
  'eigenvector',
);
