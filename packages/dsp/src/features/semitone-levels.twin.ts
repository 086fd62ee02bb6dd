/** The definition, plainly. */
export function semitoneLevelSumsTwin(frames: Float32Array, bins: number, compression: number): number[][] {
  const rows = Array.from({ length: frames.length / bins }, (_, i) => [...frames.subarray(i * bins, (i + 1) * bins)]);
  const squareOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value * value, 0);
  const levels = rows.map((row) => Math.sqrt(squareOf(row) / bins));
  const level = squareOf(levels) / levels.reduce((sum, value) => sum + value, 0);
  const gain = level > 0 ? compression / level : 0;
  const sums = [new Array<number>(bins / 3).fill(0)];
  for (const row of rows) {
    sums.push(
      sums.at(-1)!.map((sum, s) => {
        const amplitude = Math.sqrt(squareOf(row.slice(Math.max(0, 3 * s - 1), 3 * s + 2)));
        return sum + Math.log(1 + gain * amplitude);
      }),
    );
  }
  return sums;
}
