/**
 * Does work while the page is shown: ends it, by its signal, when the tab is hidden (browsers allow six connections to a
 * server over HTTP/1.1, and hidden tabs would keep them), and begins again when it is shown. Until what it returns is
 * called.
 */
export function whileShown(work: (signal: AbortSignal) => Promise<unknown>): () => void {
  let ending: AbortController | null = null;
  const change = () => {
    if (document.hidden) {
      ending?.abort(new DOMException('the tab is hidden', 'AbortError'));
      ending = null;
    } else if (ending === null) {
      ending = new AbortController();
      void work(ending.signal);
    }
  };
  document.addEventListener('visibilitychange', change);
  change();
  return () => {
    document.removeEventListener('visibilitychange', change);
    ending?.abort(new DOMException('no longer needed', 'AbortError'));
  };
}
