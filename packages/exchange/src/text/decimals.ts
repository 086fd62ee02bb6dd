const MOST = 6;

/** A number with as many decimals as it has, at least `fewest` and at most six. */
export function decimals(value: number, fewest: number): string {
  const text = value.toFixed(MOST);
  const kept = text.length - MOST + fewest;
  return text.slice(0, kept) + text.slice(kept).replace(/0+$/, '');
}
