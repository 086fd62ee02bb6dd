import { frameCount, type Reel } from './reel.ts';

/**
 * A curve of the whole sound, each value of which is that of the reel that speaks for its middle.
 * @param hopSeconds of the curves
 * @param curveOf the curve of a reel, and where it starts
 * @param missing where a reel has no value
 * @returns one value for each hop in which a frame begins
 */
export function joinCurve<Value>(
  reels: readonly Reel[],
  hopSeconds: number,
  curveOf: (reel: Reel) => { readonly start: number; readonly values: readonly Value[] },
  missing: Value,
): Value[] {
  const last = reels.at(-1)!;
  const count = Math.floor((frameCount(last) - 1) / (hopSeconds * last.frameRate)) + 1;
  const curves = reels.map(curveOf);
  let at = 0;
  return Array.from({ length: count }, (_, i) => {
    const middle = (i + 0.5) * hopSeconds;
    while (at + 1 < reels.length && middle >= reels[at]!.own.end) at++;
    const { start, values } = curves[at]!;
    // Where the frame rate lets no reel start at a whole hop, the value of the hop that holds the middle.
    return values[Math.floor((middle - start) / hopSeconds)] ?? values.at(-1) ?? missing;
  });
}
