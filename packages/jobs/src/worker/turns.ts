/**
 * Who is served next, so that an owner with a thousand jobs does not keep out one with a single job: each owner has a turn
 * before anybody has a second one. Whoever comes new has a turn in the round that is going on.
 */
export class Turns {
  readonly #served = new Set<string>();

  /** Owners that had their turn in this round. */
  get served(): readonly string[] {
    return [...this.#served];
  }

  had(owner: string): void {
    this.#served.add(owner);
  }

  /** Nobody but those that were served wants anything: all may again. */
  newRound(): void {
    this.#served.clear();
  }
}
