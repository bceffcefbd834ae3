import { Code, ConnectError, createClient } from '@connectrpc/connect';
import { createGrpcTransport, Http2SessionManager } from '@connectrpc/connect-node';
import { GossipError, inputError } from '../errors.ts';
import {
  type DescribeResponse,
  type ExplainResponse,
  HostService,
  type InspectResponse,
  type WatchResponse,
} from '../gen/gossip/v1/host_pb.ts';
import { formatAddress, parseAddress } from '../transport/address.ts';
import { TOKEN_KEY } from './host-client.ts';

/** Reads what a host says to people who look. Calls throw GossipError. */
export interface Inspector {
  describe(): Promise<DescribeResponse>;
  inspect(): Promise<InspectResponse>;
  /** @param node its index */
  explain(node: number): Promise<ExplainResponse>;
  /** Ends without an error when the host stops or the signal aborts. */
  watch(signal: AbortSignal): AsyncGenerator<WatchResponse>;
  close(): void;
}

/** How long an answer may take, in milliseconds. */
const DEADLINE = 20_000;

/**
 * An inspector of the host at "host:port". It calls by connect-node, which loses nothing of a stream on either runtime,
 * and costs more than people can ask for.
 *
 * @param variable where people put the token, for messages
 */
export function createInspector(
  address: string,
  token: string,
  variable = 'GOSSIP_TOKEN',
): Inspector {
  const baseUrl = `http://${formatAddress(parseAddress(address))}`;
  const sessionManager = new Http2SessionManager(baseUrl);
  const client = createClient(HostService, createGrpcTransport({ baseUrl, sessionManager }));
  const headers: Record<string, string> = token === '' ? {} : { [TOKEN_KEY]: token };
  const options = { headers, timeoutMs: DEADLINE };
  const named = <T>(answer: Promise<T>): Promise<T> =>
    answer.catch((error) => {
      throw problem(address, variable, ConnectError.from(error));
    });
  return {
    describe: () => named(client.describe({}, options)),
    inspect: () => named(client.inspect({}, options)),
    explain: (node) => named(client.explain({ node }, options)),
    async *watch(signal) {
      try {
        yield* client.watch({}, { headers, signal });
      } catch (error) {
        if (!signal.aborted) throw problem(address, variable, ConnectError.from(error));
      }
    },
    close: () => sessionManager.abort(),
  };
}

function problem(address: string, variable: string, error: ConnectError): GossipError {
  const cause = { cause: error };
  const said = error.rawMessage;
  switch (error.code) {
    case Code.Unauthenticated:
      return inputError(`the host at ${address} wants its token: set ${variable} to it`, cause);
    case Code.InvalidArgument:
      return inputError(`the host at ${address} says: ${said}`, cause);
    case Code.Unimplemented:
      return inputError(
        `what listens at ${address} is no host that can be inspected: give the --port of a \`gossip node\` that a runner configures`,
        cause,
      );
    default:
      if (said.includes('ENOTFOUND') || said.includes('EAI_AGAIN')) {
        return inputError(`${address} does not resolve to an address`, cause);
      }
      return new GossipError('failed', `the host at ${address} does not answer: ${said}`, cause);
  }
}
