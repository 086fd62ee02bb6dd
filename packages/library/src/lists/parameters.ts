import type { SqlValue } from '../database/database.ts';

/** The values of a statement that is put together, in the order of their numbers. */
export class Parameters {
  readonly values: SqlValue[] = [];

  /** What stands for a value in the statement. */
  of(value: SqlValue): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}
