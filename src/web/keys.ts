import { useEffect } from 'preact/hooks';

/** Keys that do something, for the help that "?" opens. */
export interface KeyGroup {
  readonly title: string;
  /** As people write them ("Space", "← →"), and what they do. */
  readonly keys: readonly (readonly [key: string, does: string])[];
}

const groups = new Set<KeyGroup>();

/** The groups of what is shown now, in the order in which they came. */
export function keyGroups(): KeyGroup[] {
  return [...groups];
}

/** Tells the keyboard help of a view's keys while it is shown; `group` is a constant of its module. */
export function useKeyHelp(group: KeyGroup): void {
  useEffect(() => {
    groups.add(group);
    return () => {
      groups.delete(group);
    };
  }, [group]);
}

/** Whether a key press is meant for a field, a dialog or the browser rather than for the page. */
export function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true;
  const { target } = event;
  if (!(target instanceof Element)) return false;
  return target.closest('input, select, textarea, dialog, [contenteditable]') !== null;
}
