import { useEffect, useState } from 'preact/hooks';
import { errorText } from '../../asking.ts';
import { useClient } from '../../client.ts';
import { tokenHeaders } from '../../token.ts';

/** Ends a job that waits or plays. */
export function useCancel(id: string): {
  /** From when it is asked for, unless it is refused. */
  readonly isEnding: boolean;
  /** Why it was refused, in words; empty: it was not. */
  readonly problem: string;
  readonly cancel: () => Promise<void>;
} {
  const client = useClient();
  const [isEnding, setEnding] = useState(false);
  const [problem, setProblem] = useState('');
  useEffect(() => {
    setEnding(false);
    setProblem('');
  }, [id]);
  async function cancel() {
    setEnding(true);
    setProblem('');
    try {
      await client.cancelSimulation({ id }, { headers: tokenHeaders() });
    } catch (error) {
      setProblem(errorText(error));
      setEnding(false);
    }
  }
  return { isEnding, problem, cancel };
}
