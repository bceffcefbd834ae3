import { Code, ConnectError } from '@connectrpc/connect';
import { useEffect, useState } from 'preact/hooks';
import type { StartSimulationsResponse } from '../../../gen/gossip/v1/simulation_pb.ts';
import { useClient } from '../../client.ts';
import { useConnection } from '../../connection.ts';
import { retrying } from '../../retrying.ts';
import { tokenHeaders } from '../../token.ts';
import { type Found, problemsOf } from './problems.ts';

/** What is asked to be started. */
export interface Asked {
  readonly files: readonly { readonly name: string; readonly content: Uint8Array<ArrayBuffer> }[];
  readonly examples: readonly string[];
  readonly graphs: readonly { readonly folder: string; readonly graph: string }[];
}

/** What the server says of it. */
export interface Checked {
  readonly isChecking: boolean;
  /** What would be started; absent where it could not be. */
  readonly answer?: StartSimulationsResponse;
  readonly problems: readonly Found[];
  /** Whether what is missing is the token. */
  readonly needsToken: boolean;
}

/** While somebody types, the server is not asked. */
const PAUSE = 400;
const NOT_CHECKED: Checked = { isChecking: false, problems: [], needsToken: false };

/** What the server says of what would be asked; null: nothing yet. Asked again as `asked`, another object each time, changes. */
export function useCheck(asked: Asked | null, token: string): Checked {
  const client = useClient();
  const { version } = useConnection();
  const [checked, setChecked] = useState(NOT_CHECKED);
  useEffect(() => {
    if (asked === null) {
      setChecked(NOT_CHECKED);
      return;
    }
    setChecked((before) => ({ ...before, isChecking: true }));
    const ending = new AbortController();
    const { signal } = ending;
    const check = () => {
      const request = { ...requestOf(asked), onlyCheck: true };
      retrying(() => client.startSimulations(request, { signal, headers: tokenHeaders() }), {
        signal,
      }).then(
        (answer) => setChecked({ ...NOT_CHECKED, answer }),
        (error) => {
          if (!signal.aborted) setChecked(refused(error));
        },
      );
    };
    const timer = setTimeout(check, PAUSE);
    return () => {
      clearTimeout(timer);
      ending.abort();
    };
  }, [client, asked, version, token]);
  return checked;
}

/** What an error of StartSimulations says. */
export function refused(error: unknown): Checked {
  const needsToken = error instanceof ConnectError && error.code === Code.Unauthenticated;
  return { ...NOT_CHECKED, problems: needsToken ? [] : problemsOf(error), needsToken };
}

/** As a request has it. */
export function requestOf({ files, examples, graphs }: Asked) {
  return { files: [...files], examples: [...examples], graphs: [...graphs] };
}
