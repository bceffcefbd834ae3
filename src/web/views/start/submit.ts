import { useState } from 'preact/hooks';
import { useClient } from '../../client.ts';
import { startAndSee } from '../../starting.ts';
import { type Asked, type Checked, refused, requestOf } from './check.ts';

/**
 * Starts what is asked, and goes to where it is seen.
 *
 * @param token what is shown to the server: another may be answered otherwise
 */
export function useSubmit(token: string): {
  readonly isStarting: boolean;
  /** Why what was asked last could not be started; null for anything else. */
  readonly refusalOf: (asked: Asked) => Checked | null;
  readonly start: (asked: Asked) => Promise<void>;
} {
  const client = useClient();
  const [isStarting, setStarting] = useState(false);
  const [refusal, setRefusal] = useState<{ asked: Asked; token: string; checked: Checked } | null>(
    null,
  );
  async function start(asked: Asked) {
    setStarting(true);
    setRefusal(null);
    try {
      await startAndSee(client, requestOf(asked));
    } catch (error) {
      setRefusal({ asked, token, checked: refused(error) });
    }
    setStarting(false);
  }
  const refusalOf = (asked: Asked) =>
    refusal?.asked === asked && refusal.token === token ? refusal.checked : null;
  return { isStarting, refusalOf, start };
}
