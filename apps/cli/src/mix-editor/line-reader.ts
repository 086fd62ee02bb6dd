import { createInterface, type Interface } from 'node:readline';

type Complete = (line: string) => [string[], string];

/**
 * Lines that a person types, with editing, history and completion, or that come from a pipe. Lines that come while nobody
 * asks for one are kept.
 */
export class LineReader {
  readonly isTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true;
  readonly #lines: string[] = [];
  readonly #complete: Complete;
  #interface: Interface;
  #hasEnded = false;
  #wake: () => void = () => {};
  #onEnter: (() => void) | null = null;
  #onInterrupt: () => void = () => {};

  constructor(complete: Complete) {
    this.#complete = complete;
    this.#interface = this.#open();
  }

  #open(): Interface {
    const opened = createInterface({
      input: process.stdin,
      ...(this.isTerminal && { output: process.stdout, completer: this.#complete }),
      terminal: this.isTerminal,
    });
    opened.on('line', (line) => {
      if (this.#onEnter) this.#onEnter();
      else this.#lines.push(line);
      this.#wake();
    });
    opened.on('close', () => {
      this.#hasEnded = true;
      this.#wake();
    });
    opened.on('SIGINT', () => this.#onInterrupt());
    return opened;
  }

  /** Goes on after the end that Ctrl-D makes; where there is nobody any more the next line is null again. */
  reopen(): void {
    this.#hasEnded = false;
    this.#interface = this.#open();
  }

  /** The next line; null when there are no more. */
  async next(prompt: string): Promise<string | null> {
    if (this.isTerminal && this.#lines.length === 0 && !this.#hasEnded) {
      this.#interface.setPrompt(prompt);
      this.#interface.prompt();
    }
    this.#onInterrupt = () => {
      // The line that was begun is thrown away.
      this.#interface.write(null, { ctrl: true, name: 'e' });
      this.#interface.write(null, { ctrl: true, name: 'u' });
    };
    while (this.#lines.length === 0 && !this.#hasEnded) {
      await new Promise<void>((wake) => {
        this.#wake = wake;
      });
    }
    return this.#lines.shift() ?? null;
  }

  /** Works; Ctrl-C aborts the signal that the work is given. */
  async interruptible<Done>(work: (signal: AbortSignal) => Promise<Done>): Promise<Done> {
    const abort = new AbortController();
    this.#onInterrupt = () => abort.abort();
    try {
      return await work(abort.signal);
    } finally {
      this.#onInterrupt = () => {};
    }
  }

  /** Works; Enter on a terminal aborts the signal that the work is given. */
  async untilEnter(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const abort = new AbortController();
    if (this.isTerminal) this.#onEnter = () => abort.abort();
    try {
      await work(abort.signal);
    } finally {
      this.#onEnter = null;
    }
  }

  close(): void {
    this.#interface.close();
  }
}
