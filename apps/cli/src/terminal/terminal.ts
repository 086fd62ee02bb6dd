import { stripVTControlCharacters, styleText } from 'node:util';

export type Verbosity = 'quiet' | 'normal' | 'verbose';
type Style = Parameters<typeof styleText>[0];

/**
 * The two streams of a command: results on stdout, everything said to a person on stderr. A progress line lives on the
 * last row of a terminal and gives way to messages.
 */
export class Terminal {
  readonly verbosity: Verbosity;
  readonly #colour: boolean;
  #line = '';

  constructor(verbosity: Verbosity, colour: boolean) {
    this.verbosity = verbosity;
    this.#colour = colour;
  }

  /** Whether a person watches stderr. */
  get interactive(): boolean {
    return process.stderr.isTTY === true && this.verbosity !== 'quiet';
  }

  /** A result, on stdout. */
  result(text: string): void {
    this.#clear();
    process.stdout.write(`${text}\n`);
    this.#draw();
  }

  /** A message for a person, on stderr; silent with --quiet. */
  say(text: string): void {
    if (this.verbosity === 'quiet') return;
    this.#message(text);
  }

  /** Only with --verbose. */
  detail(text: string): void {
    if (this.verbosity === 'verbose') this.#message(this.style('dim', text));
  }

  /** A failure or a warning, on stderr, also with --quiet. */
  complain(text: string): void {
    this.#message(text);
  }

  style(style: Style, text: string): string {
    return this.#colour ? styleText(style, text, { validateStream: false }) : text;
  }

  /** Shows `text` as the progress line; an empty text takes it away. Nothing is shown where there is no terminal. */
  progress(text: string): void {
    if (!this.interactive) return;
    this.#clear();
    this.#line = text.slice(0, Math.max(20, process.stderr.columns ?? 80) - 1);
    this.#draw();
  }

  #message(text: string): void {
    this.#clear();
    process.stderr.write(`${text}\n`);
    this.#draw();
  }

  #clear(): void {
    if (this.#line) process.stderr.write('\r\u001b[2K');
  }

  #draw(): void {
    if (this.#line) process.stderr.write(this.#line);
  }
}

/**
 * A name as it may be shown: file names are hostile input, so control characters, escape sequences and the characters
 * that reverse the direction of text are taken out.
 */
export function shownName(name: string): string {
  return stripVTControlCharacters(name).replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}
