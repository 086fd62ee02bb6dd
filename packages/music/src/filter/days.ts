/** A day of the proleptic Gregorian calendar. */
interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const DATE = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/;
const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function lengthOf(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeap ? 29 : LENGTHS[month - 1]!;
}

function written({ year, month, day }: Day): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

/** First and last day of what a date of four to ten characters names: a year, a month or a day; undefined for none. */
export function daysOf(text: string): { readonly first: string; readonly last: string } | undefined {
  const found = DATE.exec(text);
  if (!found) return undefined;
  const year = Number(found[1]);
  const month = found[2] === undefined ? undefined : Number(found[2]);
  const day = found[3] === undefined ? undefined : Number(found[3]);
  if (year < 1 || (month !== undefined && (month < 1 || month > 12))) return undefined;
  if (day !== undefined && (day < 1 || day > lengthOf(year, month!))) return undefined;
  const lastMonth = month ?? 12;
  return {
    first: written({ year, month: month ?? 1, day: day ?? 1 }),
    last: written({ year, month: lastMonth, day: day ?? lengthOf(year, lastMonth) }),
  };
}

/** The day before or after one that `daysOf` gave. */
export function dayBeside(text: string, side: 'before' | 'after'): string {
  const [year, month, day] = text.split('-').map(Number) as [number, number, number];
  if (side === 'after') {
    if (day < lengthOf(year, month)) return written({ year, month, day: day + 1 });
    return month < 12 ? written({ year, month: month + 1, day: 1 }) : written({ year: year + 1, month: 1, day: 1 });
  }
  if (day > 1) return written({ year, month, day: day - 1 });
  return month > 1
    ? written({ year, month: month - 1, day: lengthOf(year, month - 1) })
    : written({ year: year - 1, month: 12, day: 31 });
}
