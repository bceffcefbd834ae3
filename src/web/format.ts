const COUNT = new Intl.NumberFormat('en');

/** A count, as in 12,345. */
export function count(value: number | bigint): string {
  return COUNT.format(value);
}

/** A count of something: "1 run", "2 runs". */
export function counted(value: number, thing: string): string {
  return `${count(value)} ${thing}${value === 1 ? '' : 's'}`;
}

/** A measured number with so many decimals, such as a mean of rounds. */
export function decimal(value: number | undefined, digits = 2): string {
  return value === undefined ? '–' : value.toFixed(digits);
}

/** A simulation's YYYY-MM-DD-HH-MM-SS as YYYY-MM-DD HH:MM; another text as it is. */
export function moment(timestamp: string): string {
  const [, day, hour, minute] = /^(\d{4}-\d\d-\d\d)-(\d\d)-(\d\d)-\d\d$/.exec(timestamp) ?? [];
  return day === undefined ? timestamp : `${day} ${hour}:${minute}`;
}
