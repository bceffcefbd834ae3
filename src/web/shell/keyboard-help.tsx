import { useEffect, useRef } from 'preact/hooks';
import { isTaken, type KeyGroup, keyGroups } from '../keys.ts';

const EVERYWHERE: KeyGroup = {
  title: 'Everywhere',
  keys: [
    ['?', 'this help'],
    ['Esc', 'close it'],
    ['Tab', 'from one thing to the next; Enter follows a link, Space presses a button'],
  ],
};

/** The dialog that "?" opens. */
export function KeyboardHelp({
  isOpen,
  onOpen,
}: {
  isOpen: boolean;
  onOpen: (isOpen: boolean) => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key === '?' && !isTaken(event)) onOpen(true);
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [onOpen]);
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  return (
    <dialog ref={dialog} aria-labelledby="keyboard-help" onClose={() => onOpen(false)}>
      <h2 id="keyboard-help">Keyboard</h2>
      {isOpen &&
        [EVERYWHERE, ...keyGroups()].map(({ title, keys }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl class="keys">
              {keys.map(([key, does]) => (
                <div key={key}>
                  <dt>
                    <kbd>{key}</kbd>
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      <form method="dialog">
        <button type="submit">Close</button>
      </form>
    </dialog>
  );
}
