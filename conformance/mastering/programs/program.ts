/** What a program is asked for. */
export interface Order {
  readonly inputPath: string;
  readonly outputPath: string;
  readonly sampleRate: number;
  /** Integrated loudness of the input as the meter of the bench reads it. */
  readonly inputLufs: number;
  readonly targetLufs: number;
  readonly ceilingDb: number;
  /**
   * `reach`: the target is to be reached. `drive`: the gain is the target less the input's loudness and no more is done
   * about it: for test tones, which cannot become as loud as they are driven.
   */
  readonly gain: 'reach' | 'drive';
}

/** A program that makes a master of a WAV file: 32-bit floats in, 32-bit floats out. */
export interface Program {
  readonly name: string;
  /** What it does, in words, with its settings. */
  readonly about: string;
  /** @returns a word on how it went where there is more than one way, as `linear`; else null */
  master(order: Order): Promise<string | null>;
}
