import { useEffect, useRef } from 'preact/hooks';
import { isTaken, useKeyHelp } from '../../keys.ts';
import { useInUrl } from '../../use-in-url.ts';

const KEYS = { title: 'Simulations', keys: [['/', 'search']] } as const;

/** What simulations are searched for, in the URL once somebody stops typing. */
export function Filter({ params, found }: { params: URLSearchParams; found: string }) {
  const [text, setText] = useInUrl('simulations', params.get('filter') ?? '', (filter) => ({
    filter,
  }));
  const input = useRef<HTMLInputElement>(null);
  useKeyHelp(KEYS);
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
