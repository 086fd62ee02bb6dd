const MOST_KEPT = 20;

/** Sentences for people about what was odd in a file; equal ones once, and not without end. */
export class Warnings {
  readonly list: string[] = [];
  #dropped = 0;

  add(text: string): void {
    if (this.list.includes(text)) return;
    if (this.list.length < MOST_KEPT) {
      this.list.push(text);
      return;
    }
    this.#dropped += 1;
    this.list[MOST_KEPT] = `and ${this.#dropped} more`;
  }
}

/** Seconds for a warning: `12.3 s`. */
export function atSeconds(frames: number, sampleRate: number): string {
  return `${(frames / sampleRate).toFixed(1)} s`;
}
