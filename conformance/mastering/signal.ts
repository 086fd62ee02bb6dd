/** Sound as this room measures it: planar float64, so that a measure adds no rounding of its own. */
export interface Signal {
  readonly sampleRate: number;
  readonly channels: readonly Float64Array[];
}

export interface NamedSignal {
  readonly name: string;
  readonly signal: Signal;
}

export function signalFrames({ channels }: Signal): number {
  return channels[0]?.length ?? 0;
}

/** Frames `from` to `to`, without a copy. */
export function partOf({ sampleRate, channels }: Signal, from: number, to: number): Signal {
  return { sampleRate, channels: channels.map((samples) => samples.subarray(from, to)) };
}

/** Mean of the channels. */
export function monoOf({ channels }: Signal): Float64Array {
  const mono = new Float64Array(channels[0]?.length ?? 0);
  for (const samples of channels) for (let i = 0; i < mono.length; i++) mono[i]! += samples[i]! / channels.length;
  return mono;
}

export function decibels(power: number): number {
  return 10 * Math.log10(power);
}

export function amplitudeOf(db: number): number {
  return 10 ** (db / 20);
}
