import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { GetServerResponse } from '../gen/gossip/v1/simulation_pb.ts';
import type { Answer } from './asking.ts';

const NOTHING: Answer<GetServerResponse> = {
  value: undefined,
  error: undefined,
  cause: undefined,
  asking: true,
};

const Described = createContext(NOTHING);

/** Gives all views below it what the server says of itself. */
export const ServerProvider = Described.Provider;

/** What the server says of itself, asked again when it came back. */
export function useServer(): Answer<GetServerResponse> {
  return useContext(Described);
}
