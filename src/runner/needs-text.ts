const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
const STEP = 1024;

/** A number of bytes as people read it, such as "1.5 MiB". */
export function bytesText(bytes: number): string {
  let unit = 0;
  let amount = bytes;
  while (amount >= STEP && unit < UNITS.length - 1) {
    amount /= STEP;
    unit++;
  }
  return `${unit === 0 ? countText(amount) : rounded(amount)} ${UNITS[unit]}`;
}

/** A number of cores, such as "0.25 cores". */
export function coresText(cores: number): string {
  return `${rounded(cores)} ${cores === 1 ? 'core' : 'cores'}`;
}

/** A time that nobody knows exactly, such as "40 s", "3 min" and "2.5 h". */
export function secondsText(seconds: number): string {
  if (seconds < 1) return `${rounded(seconds)} s`;
  if (seconds < 100) return `${Math.round(seconds)} s`;
  if (seconds < 100 * 60) return `${Math.round(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${rounded(seconds / 3600)} h`;
  return `${rounded(seconds / (24 * 3600))} days`;
}

/** A number with "," between thousands. */
export function countText(count: number): string {
  return Math.round(count).toLocaleString('en');
}

/** How many there are of something: "1 host", "20 hosts". */
export function manyText(count: number, one: string): string {
  return `${countText(count)} ${one}${count === 1 ? '' : 's'}`;
}

/** Two digits, or all before the point. */
function rounded(amount: number): string {
  if (amount === 0) return '0';
  return amount >= 10 ? countText(amount) : String(Number(amount.toPrecision(2)));
}
