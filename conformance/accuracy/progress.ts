const CELLS = 24;

/** A progress bar on stderr; nothing where no person watches. */
export function showProgress(done: number, all: number, note: string): void {
  if (!process.stderr.isTTY) return;
  if (done >= all) {
    process.stderr.write('\r\u001b[2K');
    return;
  }
  const filled = Math.round((CELLS * done) / all);
  const bar = `[${'#'.repeat(filled)}${'-'.repeat(CELLS - filled)}] ${done}/${all}  ${note}`;
  process.stderr.write(`\r\u001b[2K${bar.slice(0, Math.max(20, process.stderr.columns ?? 80) - 1)}`);
}
