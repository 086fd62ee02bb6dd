/** Of the frames k, those have a stereo frame whose GOLDEN * k modulo TURN is below CHOSEN; as in the kernel. */
const GOLDEN = 40_503;
const TURN = 65_536;
const CHOSEN = 4096;

/** How many of the first `frames` frames of a stream have a stereo frame. */
export function stereoRowsBefore(frames: number): number {
  let rows = CHOSEN * Math.floor(frames / TURN);
  for (let k = 0; k < frames % TURN; k++) if ((k * GOLDEN) % TURN < CHOSEN) rows += 1;
  return rows;
}
