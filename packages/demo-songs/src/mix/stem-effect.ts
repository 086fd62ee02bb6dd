/** Something that a stem goes through, block by block and in place. */
export interface StemEffect {
  /** Called where the stem begins to sound after silence: what is left from before is forgotten. */
  start(frame: number): void;
  /** Frames [from, to); blocks follow one another without gaps until the next start. */
  process(left: Float32Array, right: Float32Array, from: number, to: number): void;
}
