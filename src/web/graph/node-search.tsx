import type { RefObject } from 'preact';
import { useId, useState } from 'preact/hooks';
import { findNodes } from './find-node.ts';

export interface NodeSearchProps {
  /** By node. */
  readonly names: readonly string[];
  readonly onFind: (node: number) => void;
  /** The field, to be focused from elsewhere. */
  readonly field?: RefObject<HTMLInputElement | null>;
}

/** So many names are offered. */
const MOST = 12;

/** A field that finds a node by its name. */
export function NodeSearch({ names, onFind, field }: NodeSearchProps) {
  const [typed, setTyped] = useState('');
  const [missed, setMissed] = useState(false);
  const list = useId();
  const found = findNodes(names, typed, MOST);
  const find = (text: string) => {
    const [node] = findNodes(names, text, 1);
    setMissed(node === undefined && text.trim() !== '');
    if (node !== undefined) onFind(node);
  };
  return (
    <form
      class="node-search"
      onSubmit={(event) => {
        event.preventDefault();
        find(typed);
      }}
    >
      <label>
        Find a node{' '}
        <input
          type="search"
          ref={field}
          list={list}
          size={10}
          maxLength={200}
          value={typed}
          onInput={(event) => {
            const text = event.currentTarget.value;
            setTyped(text);
            setMissed(false);
            // What was picked from the list was not typed.
            const { inputType } = event as InputEvent;
            if (inputType === undefined || inputType === 'insertReplacementText') find(text);
          }}
        />
      </label>
      <datalist id={list}>
        {found.map((node) => (
          <option key={node} value={names[node]} />
        ))}
      </datalist>
      <span role="status" class="quiet">
        {missed ? 'There is none of that name.' : ''}
      </span>
    </form>
  );
}
