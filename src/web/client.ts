import { type Client, createClient, type Transport } from '@connectrpc/connect';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { SimulationService } from '../gen/gossip/v1/simulation_pb.ts';

/** How the page asks: a server over gRPC-web, or, in an exported page, the same handlers in the browser. */
export type SimulationClient = Client<typeof SimulationService>;

export function createSimulationClient(transport: Transport): SimulationClient {
  return createClient(SimulationService, transport);
}

const Asked = createContext<SimulationClient | null>(null);

/** Gives all views below it the client. */
export const ClientProvider = Asked.Provider;

/** The client of the page. */
export function useClient(): SimulationClient {
  const client = useContext(Asked);
  if (client === null) throw new Error('a view stands outside of ClientProvider');
  return client;
}
