import { useId, useState } from 'preact/hooks';
import { useServer } from './server.ts';
import { keepToken, storedToken } from './token.ts';

/** Asks for the token where the server wants one; it is kept until the tab is closed. */
export function TokenField({ onChange }: { onChange?: (token: string) => void }) {
  const { value: server } = useServer();
  const [token, setToken] = useState(storedToken);
  const id = useId();
  if (server === undefined || !server.mayStart || !server.needsToken) return null;
  return (
    <div class="field token">
      <label for={id}>Token</label>
      <input
        id={id}
        type="password"
        autocomplete="off"
        spellcheck={false}
        value={token}
        aria-describedby={`${id}-help`}
        onInput={({ currentTarget: { value } }) => {
          setToken(value);
          keepToken(value);
          onChange?.(value);
        }}
      />
      <p id={`${id}-help`} class="quiet">
        This server lets those start and cancel who show its token. It is kept until the tab is
        closed.
      </p>
    </div>
  );
}

/** The same where no form is around it. */
export function TokenForm() {
  return (
    <form onSubmit={(event) => event.preventDefault()}>
      <TokenField />
    </form>
  );
}
