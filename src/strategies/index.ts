export { checkStrategy, type Finding } from './conformance.ts';
export { type DescribedStrategy, describeStrategy } from './described.ts';
export { loadStrategyFile, type StrategyFile } from './file.ts';
export { type Knowledge, knowledge } from './knowledge.ts';
export { type LoadedStrategy, openStrategies, type Strategies } from './loader.ts';
export { type AlgorithmName, parseAlgorithmName } from './name.ts';
export { checkParameters, executions, type Parameterized, zodOfParameter } from './parameters.ts';
export {
  MEASURES,
  type Measure,
  type ParameterSchema,
  type Parameters,
  type Strategy,
  type View,
} from './strategy.ts';
