/** How the tempo of one track relates to the next one's once half and double tempo are folded together. */
export interface TempoStep {
  /** Tempo of the second over the first at the common pulse: 1.016 is 1.6 % faster. */
  readonly ratio: number;
  /** Pulses per beat of the first and of the second: [1, 1], or [2, 1] when the second has twice the beats. */
  readonly pulses: readonly [1 | 2, 1 | 2];
}

/**
 * The nearest common pulse of two tempos: 87 and 174 BPM share the pulse of 174.
 * @param fromBpm above 0
 * @param toBpm above 0
 */
export function tempoStep(fromBpm: number, toBpm: number): TempoStep {
  const options: TempoStep[] = [
    { ratio: toBpm / fromBpm, pulses: [1, 1] },
    { ratio: toBpm / (2 * fromBpm), pulses: [2, 1] },
    { ratio: (2 * toBpm) / fromBpm, pulses: [1, 2] },
  ];
  return options.reduce((best, option) =>
    Math.abs(Math.log(option.ratio)) < Math.abs(Math.log(best.ratio)) ? option : best,
  );
}
