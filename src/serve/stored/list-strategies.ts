import type { MessageInitShape } from '@bufbuild/protobuf';
import { z } from 'zod';
import { GossipError } from '../../errors.ts';
import type {
  ListStrategiesResponseSchema,
  StrategyChoiceSchema,
} from '../../gen/gossip/v1/simulation_pb.ts';
import { MEMORY_CODES } from '../../protocol-enums.ts';
import { simulationSpec } from '../../runner/index.ts';
import { describeStrategy, type Strategies } from '../../strategies/index.ts';

type Choice = MessageInitShape<typeof StrategyChoiceSchema>;

/**
 * SimulationService.listStrategies. A user's file that is no strategy is passed over: the others can be played.
 *
 * @param notice told what is wrong with it
 */
export function listStrategies(strategies: Strategies, notice: (text: string) => void) {
  let answer: Promise<MessageInitShape<typeof ListStrategiesResponseSchema>> | null = null;

  async function choiceOf(name: string): Promise<Choice | null> {
    try {
      const { summary, knows, parameters, memory } = await describeStrategy(strategies, name);
      const schema = { type: 'object', properties: parameters, additionalProperties: false };
      const parametersSchema = JSON.stringify(schema);
      return { name, summary, knows, parametersSchema, memory: MEMORY_CODES[memory] };
    } catch (error) {
      if (!(error instanceof GossipError)) throw error;
      notice(error.message);
      return null;
    }
  }

  return () => {
    answer ??= Promise.all(strategies.names().map(choiceOf)).then((choices) => ({
      strategies: choices.filter((choice) => choice !== null),
      specSchema: JSON.stringify(z.toJSONSchema(simulationSpec, { io: 'input' })),
    }));
    return answer;
  };
}
