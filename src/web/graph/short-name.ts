/** More of a name has no room in a picture. */
const LONGEST = 24;

/** A node's name as pictures write it. */
export function shortName(name: string): string {
  return name.length <= LONGEST ? name : `${name.slice(0, LONGEST - 1).toWellFormed()}…`;
}
