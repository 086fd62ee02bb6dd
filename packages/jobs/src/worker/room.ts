import type { JobCost } from '../job-type.ts';

/** What a worker has for jobs. */
export interface Capacity {
  readonly cores: number;
  readonly memoryBytes: number;
}

/** What of a worker's capacity is free. A job that is larger than all of it runs alone. */
export class Room {
  readonly #capacity: Capacity;
  readonly #taken = new Set<Capacity>();

  constructor(capacity: Capacity) {
    this.#capacity = capacity;
  }

  /** Whether there is room for anything. */
  get some(): boolean {
    return this.#free('cores') > 0 && this.#free('memoryBytes') > 0;
  }

  /** Takes the room for a job. @returns gives it back; undefined when there is not enough */
  take(cost: JobCost): (() => void) | undefined {
    const cores = cost.cores === 'all' ? this.#capacity.cores : Math.min(cost.cores, this.#capacity.cores);
    const memoryBytes = Math.min(cost.memoryBytes, this.#capacity.memoryBytes);
    if (this.#free('cores') < cores || this.#free('memoryBytes') < memoryBytes) return undefined;
    const share = { cores, memoryBytes };
    this.#taken.add(share);
    return () => this.#taken.delete(share);
  }

  #free(of: keyof Capacity): number {
    let free = this.#capacity[of];
    for (const share of this.#taken) free -= share[of];
    return free;
  }
}
