/**
 * A name from outside, of any length and in any direction of writing: cut off where there is no room (the whole one
 * stands in its title), and kept from turning around what stands beside it.
 */
export function Name({ text }: { text: string }) {
  return (
    <bdi class="name" title={text}>
      {text}
    </bdi>
  );
}
