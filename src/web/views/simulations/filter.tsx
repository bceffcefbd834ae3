import { useEffect, useRef, useState } from 'preact/hooks';
import { isTaken, useKeyHelp } from '../../keys.ts';
import { linkWith } from '../../link-with.ts';
import { goTo } from '../../place.ts';

/** Browsers allow about a hundred changes of the URL in half a minute. */
const PAUSE = 250;
const KEYS = { title: 'Simulations', keys: [['/', 'search']] } as const;

/** What simulations are searched for, in the URL once somebody stops typing. */
export function Filter({ params, found }: { params: URLSearchParams; found: string }) {
  const inUrl = params.get('filter') ?? '';
  const [text, setText] = useState(inUrl);
  const written = useRef(inUrl);
  const input = useRef<HTMLInputElement>(null);
  useKeyHelp(KEYS);
  useEffect(() => {
    // Somebody followed a link or went back.
    if (inUrl !== written.current) setText(inUrl);
    written.current = inUrl;
  }, [inUrl]);
  useEffect(() => {
    const timer = setTimeout(() => {
      if (text === written.current) return;
      written.current = text;
      goTo(linkWith('simulations', params, { filter: text }), { replace: true });
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [text, params.toString()]);
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== '/' || isTaken(event)) return;
      event.preventDefault();
      input.current?.focus();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);
  return (
    <search class="row">
      <label class="row grow">
        <span>Filter</span>
        <input
          ref={input}
          type="search"
          class="grow"
          placeholder="name, algorithm, graph, seed"
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
      </label>
      <span role="status" class="quiet">
        {found}
      </span>
    </search>
  );
}
