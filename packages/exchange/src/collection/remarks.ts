import { LONGEST_REMARK, MOST_REMARKS } from '../limits.ts';

/** What a reader could not use: as many sentences as a person may read, and how many more there were. */
export class Remarks {
  readonly #sentences: string[] = [];
  #more = 0;

  add(sentence: string): void {
    if (this.#sentences.length < MOST_REMARKS - 1) this.#sentences.push(sentence.slice(0, LONGEST_REMARK));
    else this.#more += 1;
  }

  list(): readonly string[] {
    return this.#more === 0 ? this.#sentences : [...this.#sentences, `and ${this.#more} more remarks`];
  }
}
