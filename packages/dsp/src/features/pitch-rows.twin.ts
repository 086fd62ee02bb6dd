/** The definition of `meanRows`, plainly. */
export function meanRowsTwin(rows: Float32Array, width: number, perBlock: number): number[] {
  const count = rows.length / width;
  return Array.from({ length: Math.ceil(count / perBlock) * width }, (_, i) => {
    const first = Math.floor(i / width) * perBlock;
    const end = Math.min(count, first + perBlock);
    let sum = 0;
    for (let row = first; row < end; row++) sum += rows[row * width + (i % width)]!;
    return sum / (end - first);
  });
}

/** How much each bin of a row stands out, plainly. */
export function standOutTwin(row: Float32Array, gain: number, around: number): number[] {
  const levels = Array.from(row, (amplitude) => Math.log(1 + gain * amplitude));
  return levels.map((level, bin) => {
    const near = levels.slice(Math.max(0, bin - around), bin + around + 1);
    return Math.max(0, level - near.reduce((sum, value) => sum + value, 0) / near.length);
  });
}
