import { Name } from '../../name.tsx';

/** Why there is nothing to see, and what can be taken away. */
export function Refused({
  error,
  list,
  onRemove,
}: {
  error: string;
  list: readonly string[];
  onRemove: (contestant: string) => void;
}) {
  return (
    <div class="notice">
      <p class="wrong" role="alert">
        {error}
      </p>
      <ul>
        {list.map((contestant) => (
          <li key={contestant} class="row">
            <Name text={contestant} />
            <button
              type="button"
              aria-label={`Remove ${contestant}`}
              onClick={() => onRemove(contestant)}
            >
              Remove
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
