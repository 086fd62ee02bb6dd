import type { Terminal } from './terminal.ts';

const CELLS = 24;
const SMALLEST_INTERVAL_MILLISECONDS = 80;

/** Seconds as people say them while they wait: 8s, 1m 20s, 2h 5m. */
export function shortDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole}s`;
  if (whole < 3600) return `${Math.floor(whole / 60)}m ${whole % 60}s`;
  return `${Math.floor(whole / 3600)}h ${Math.floor((whole % 3600) / 60)}m`;
}

/** The text of a bar: `analysing [####----] 3/10 12s left  name`. `share` is 0 to 1. */
export function barText(task: string, share: number, count: string, elapsedSeconds: number, note: string): string {
  const done = Math.round(Math.min(1, Math.max(0, share)) * CELLS);
  const bar = '#'.repeat(done) + '-'.repeat(CELLS - done);
  const left = share > 0.02 && share < 1 ? ` ${shortDuration((elapsedSeconds * (1 - share)) / share)} left` : '';
  return `${task} [${bar}] ${count}${left}${note ? `  ${note}` : ''}`;
}

/** A progress bar with the time that is left, drawn only where a person watches. */
export class ProgressBar {
  readonly #terminal: Terminal;
  readonly #task: string;
  readonly #started = performance.now();
  #drawn = Number.NEGATIVE_INFINITY;

  constructor(terminal: Terminal, task: string) {
    this.#terminal = terminal;
    this.#task = task;
  }

  /** @param share 0 to 1 */
  update(share: number, count: string, note = ''): void {
    const now = performance.now();
    if (share < 1 && now - this.#drawn < SMALLEST_INTERVAL_MILLISECONDS) return;
    this.#drawn = now;
    this.#terminal.progress(barText(this.#task, share, count, (now - this.#started) / 1000, note));
  }

  end(): void {
    this.#terminal.progress('');
  }
}
