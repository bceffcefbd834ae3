/** The nodes whose names fit what was typed, best first: the same, then those that begin with it, then those that have it. */
export function findNodes(names: readonly string[], typed: string, most: number): number[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return [];
  const same: number[] = [];
  const beginning: number[] = [];
  const having: number[] = [];
  for (let node = 0; node < names.length; node++) {
    const name = names[node].toLowerCase();
    if (name === wanted) same.push(node);
    else if (beginning.length < most && name.startsWith(wanted)) beginning.push(node);
    else if (having.length < most && name.includes(wanted)) having.push(node);
  }
  return [...same, ...beginning, ...having].slice(0, most);
}
