/** A filter that cannot be read: what is wrong at which place, and what would be right. */
export class FilterError extends Error {
  override readonly name = 'FilterError';
  /** Where in the text, in UTF-16 units from 0, and how many of them; 0 of them at its end. */
  readonly at: number;
  readonly length: number;

  constructor(message: string, at: number, length: number) {
    super(message);
    this.at = at;
    this.length = length;
  }
}

/** The text with a line below it that points at the place: for a terminal. */
export function pointedAt(text: string, { at, length }: FilterError): string {
  const before = [...text.slice(0, at)].length;
  const marked = Math.max(1, [...text.slice(at, at + length)].length);
  return `${text.replace(/\s/g, ' ')}\n${' '.repeat(before)}${'^'.repeat(marked)}`;
}
