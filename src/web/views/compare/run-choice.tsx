/** Which run of all contestants is looked at: runs of the same number have the same draws. */
export function RunChoice({
  run,
  runs,
  onChoose,
}: {
  run: number;
  /** The numbers of the first contestant's runs. */
  runs: readonly number[];
  onChoose: (run: number) => void;
}) {
  const chosen = (text: string) => {
    const next = Math.trunc(Number(text));
    if (next >= 1 && next !== run) onChoose(next);
  };
  return (
    <label class="row tight">
      Run
      <input
        type="number"
        min={1}
        max={runs.at(-1)}
        value={run}
        onChange={({ currentTarget }) => chosen(currentTarget.value)}
      />
      of {runs.at(-1)}
    </label>
  );
}
