/** MIDI note numbers that a part may use. */
export interface Register {
  readonly lowest: number;
  readonly highest: number;
}

/** How much a semitone away from the middle of the register counts beside a semitone moved by one voice. */
const CENTRE_WEIGHT = 0.6;

/** Chord tones in the order in which they may be left out when there are fewer voices: root (the bass has it), fifth. */
function thin(tones: readonly number[], voices: number): number[] {
  const kept = [...tones];
  if (kept.length > voices) kept.splice(0, 1);
  while (kept.length > voices) kept.splice(1, 1);
  return kept;
}

/** Close-position stack upwards from each tone in each octave of the register, and the same with its second voice from the top dropped by an octave. */
function* candidates(tones: readonly number[], register: Register): Generator<number[]> {
  for (let start = register.lowest; start <= register.highest; start++) {
    const first = tones.indexOf(start % 12);
    if (first < 0) continue;
    const ordered = [...tones].sort((a, b) => ((a - start + 144) % 12) - ((b - start + 144) % 12));
    const close = ordered.map((tone) => start + ((tone - start + 144) % 12));
    yield close;
    if (close.length >= 4) {
      const open = [...close];
      open[open.length - 2]! -= 12;
      yield open.sort((a, b) => a - b);
    }
  }
}

function movement(from: readonly number[], to: readonly number[]): number {
  const nearest = (note: number, notes: readonly number[]) =>
    notes.reduce((best, other) => Math.min(best, Math.abs(note - other)), 24);
  return (
    to.reduce((sum, note) => sum + nearest(note, from), 0) + from.reduce((sum, note) => sum + nearest(note, to), 0)
  );
}

/**
 * The voicing of a chord that moves least from the one before it: notes ascending within the register.
 * @param tones pitch classes, root first
 * @param previous the voicing to move from; empty for the first chord, which then sits in the middle of the register
 */
export function voiceChord(
  tones: readonly number[],
  voices: number,
  register: Register,
  previous: readonly number[],
): number[] {
  const centre = (register.lowest + register.highest) / 2;
  let best: number[] = [];
  let bestCost = Number.POSITIVE_INFINITY;
  for (const notes of candidates(thin(tones, voices), register)) {
    if (notes[0]! < register.lowest || notes.at(-1)! > register.highest) continue;
    const mean = notes.reduce((sum, note) => sum + note, 0) / notes.length;
    const cost = movement(previous, notes) + CENTRE_WEIGHT * notes.length * Math.abs(mean - centre);
    if (cost < bestCost) {
      best = notes;
      bestCost = cost;
    }
  }
  if (best.length === 0)
    throw new RangeError(`no voicing of ${tones.join(' ')} fits ${register.lowest} to ${register.highest}`);
  return best;
}
