import { useEffect, useState } from 'preact/hooks';
import { goTo, parsePlace, placeLink } from './place.ts';

/** Files that somebody dropped on the page or chose, for the start view. They are not in the URL: they are not ours. */
let given: readonly File[] = [];
const listeners = new Set<() => void>();

/** Takes files in place of those before, and shows what is in them. */
export function giveFiles(files: readonly File[]): void {
  given = files;
  for (const changed of [...listeners]) changed();
  // What is filled in there stays.
  const isThere = parsePlace(location.hash).view === 'start';
  if (files.length > 0 && !isThere) goTo(placeLink('start'));
}

/** The files that were given last. */
export function useFiles(): readonly File[] {
  const [files, setFiles] = useState(given);
  useEffect(() => {
    const changed = () => setFiles(given);
    changed();
    listeners.add(changed);
    return () => {
      listeners.delete(changed);
    };
  }, []);
  return files;
}
