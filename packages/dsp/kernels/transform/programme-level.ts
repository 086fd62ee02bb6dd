// The level of a programme: what a sound is loud or soft beside.

/** Seconds after which a frame counts 1 / e of what it did. */
const MEMORY_SECONDS: f64 = 10;
/** The level in use follows when it is off by more than this ratio. */
const STEP: f64 = 1.1;

/** What is softer is digital silence: -140 dB. */
const SILENCE: f64 = 1e-7;

@unmanaged
export class ProgrammeLevel {
  keep: f64;
  levels: f64;
  squares: f64;
  /** The level in use; 0 before the first sound. */
  level: f64;
}

/** @param frameRate Hz, of the frames that `programmeLevelAdd` is told of */
export function programmeLevelInit(state: ProgrammeLevel, frameRate: f64): void {
  state.keep = Math.exp(-1 / (MEMORY_SECONDS * frameRate));
  programmeLevelReset(state);
}

export function programmeLevelReset(state: ProgrammeLevel): void {
  state.levels = 0;
  state.squares = 0;
  state.level = 0;
}

/**
 * Takes the level of the next frame, an amplitude. The programme's level is the mean over the past, which fades over 10 s,
 * each frame weighted by its own level: sum of squares over sum. So silence has no part in it, what is loud counts
 * at once, and a sound k times as loud has a level k times as high, from the first frame on.
 * @returns whether the level in use has moved
 */
export function programmeLevelAdd(state: ProgrammeLevel, amplitude: f64): bool {
  if (!(amplitude > SILENCE)) return false;
  state.levels = state.keep * state.levels + amplitude;
  state.squares = state.keep * state.squares + amplitude * amplitude;
  const level = state.squares / state.levels;
  if (level < STEP * state.level && level * STEP > state.level) return false;
  state.level = level;
  return true;
}
