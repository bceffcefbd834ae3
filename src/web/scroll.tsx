import type { ComponentChildren } from 'preact';

/** A box that what is too wide for the page scrolls in, by keyboard too. */
export function Scroll({
  label,
  isTall = false,
  children,
}: {
  label: string;
  /** Whether it scrolls up and down as well. */
  isTall?: boolean;
  children: ComponentChildren;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section class={isTall ? 'scroll tall' : 'scroll'} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
