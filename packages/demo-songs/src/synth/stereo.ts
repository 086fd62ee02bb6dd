/** Two channels of equal length. */
export interface Stereo {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

export function createStereo(frames: number): Stereo {
  return { left: new Float32Array(frames), right: new Float32Array(frames) };
}

/** The sound without what comes after it last is `floorDb` below its peak; its new end is faded out. */
export function trimmed({ left, right }: Stereo, floorDb: number, fadeSeconds: number, sampleRate: number): Stereo {
  let peak = 0;
  for (let i = 0; i < left.length; i++) peak = Math.max(peak, Math.abs(left[i]!), Math.abs(right[i]!));
  const floor = peak * 10 ** (-floorDb / 20);
  let end = left.length;
  while (end > 1 && Math.abs(left[end - 1]!) <= floor && Math.abs(right[end - 1]!) <= floor) end--;
  const fade = Math.min(end, Math.max(1, Math.round(fadeSeconds * sampleRate)));
  const cut = (samples: Float32Array) => {
    const kept = samples.slice(0, end);
    for (let i = end - fade; i < end; i++) kept[i]! *= (end - i) / fade;
    return kept;
  };
  const cutLeft = cut(left);
  return { left: cutLeft, right: right === left ? cutLeft : cut(right) };
}
