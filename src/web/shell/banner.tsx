import { useEffect, useState } from 'preact/hooks';
import { useConnection } from '../connection.ts';
import { wake } from '../retrying.ts';

/** How long it is said that the server is back, in milliseconds. */
const SAID = 4000;

/** Says that the server is away, and that it is back. */
export function Banner() {
  const { state, nextAttempt, version } = useConnection();
  const [welcomed, setWelcomed] = useState(0);
  useEffect(() => {
    if (version === 0) return;
    const timer = setTimeout(() => setWelcomed(version), SAID);
    return () => clearTimeout(timer);
  }, [version]);
  const isBack = state === 'connected' && welcomed < version;
  return (
    <div role="status" class="banner-room">
      {state === 'away' && (
        <p class="banner away">
          The server cannot be reached. What is shown may be old.
          {nextAttempt !== null && <Countdown until={nextAttempt} />}
          <button type="button" onClick={wake}>
            Try now
          </button>
        </p>
      )}
      {isBack && <p class="banner back">Connected again.</p>}
    </div>
  );
}

function Countdown({ until }: { until: number }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.ceil((until - now) / 1000);
  // A screen reader would read every second.
  return (
    <span aria-hidden="true">
      {' '}
      {seconds > 0 ? `Trying again in ${seconds} s.` : 'Trying again…'}{' '}
    </span>
  );
}
