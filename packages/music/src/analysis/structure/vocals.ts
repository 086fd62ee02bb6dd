import { type Features, LOWEST_PITCH_HZ, PITCH_BINS_PER_OCTAVE } from '@tutti/dsp';
import type { VocalActivity } from '../track-analysis.ts';

/** Of the curve. */
export const VOCAL_HOP_SECONDS = 1;
/** Each value covers this much to both sides of its second's middle. */
const REACH_SECONDS = 1;
/** Partials are followed from where a third of a semitone is wider than the analysis resolves, to where voices end. */
const LOWEST_HZ = 350;
const HIGHEST_HZ = 2800;
/** A partial stands out from the bins of two semitones to each side, on the fourth root of amplitude, by 6 dB. */
const AROUND_BINS = 6;
const PROMINENCE = 2 ** 0.25;
/** Partials more than 50 dB below the loudest are left out. */
const FAINTEST = 10 ** (-50 / 20);
/**
 * Between two frames, 80 ms, a held note moves by less than a tenth of a semitone, a voice by more. What is more than
 * two thirds of a semitone away is another note.
 */
const HELD_BINS = 0.3;
const SAME_BINS = 2;
/** Prominence that a frame needs to count for much: a lone weak partial says little. */
const LITTLE_PROMINENCE = 0.5;
/** Share of moving partials at which a voice is as likely as not. */
const EVEN_SHARE = 0.05;
/** How often strings, winds and choirs, which glide as voices do, are not what moves. */
const MOST_CONFIDENT = 0.8;

/** What stands out of one frame: positions in bins, and by how much. */
interface Partials {
  readonly positions: Float64Array;
  readonly weights: Float64Array;
  count: number;
}

/**
 * How likely somebody sings, second by second.
 * Voices glide and tremble where instruments with keys and frets hold their pitch: the evidence is the share of the
 * prominent partials between 350 and 2800 Hz that have moved a little from one frame to the next, weighted by how much
 * they stand out. Spoken voices count as sung; bowed strings, slides and solo winds are taken for voices. The level of the
 * track does not matter.
 * Stages: pitch frames -> fourth root -> prominent peaks, placed by a parabola -> nearest peak in the next frame
 * -> share of the weight that moved, over two seconds -> 1 - 2^(-share / 0.05).
 * @returns null where there is no second of it
 */
export function vocalActivity({
  pitchFrames,
  pitchBins,
  pitchFrameRate,
  frames,
  frameRate,
}: Features): VocalActivity | null {
  const count = Math.floor(frames / frameRate / VOCAL_HOP_SECONDS);
  const rows = Math.floor(pitchFrames.length / pitchBins);
  if (count === 0 || rows < 2) return null;
  const { moved, all } = movements(pitchFrames, pitchBins, rows);
  const values = Array.from({ length: count }, (_, i) => {
    const middle = (i + 0.5) * VOCAL_HOP_SECONDS * pitchFrameRate;
    const reach = REACH_SECONDS * pitchFrameRate;
    const first = Math.max(0, Math.round(middle - reach));
    const end = Math.min(rows, Math.round(middle + reach));
    let movedWeight = 0;
    let weight = LITTLE_PROMINENCE * (end - first);
    for (let row = first; row < end; row++) {
      movedWeight += moved[row]!;
      weight += all[row]!;
    }
    return 1 - 2 ** (-movedWeight / weight / EVEN_SHARE);
  });
  const decided = values.reduce((sum, value) => sum + Math.abs(2 * value - 1), 0) / count;
  return { hopSeconds: VOCAL_HOP_SECONDS, values, confidence: MOST_CONFIDENT * decided };
}

/** Weight of the prominent partials of each frame, and of those that move until the next. */
function movements(
  pitchFrames: Float32Array,
  pitchBins: number,
  rows: number,
): { moved: Float64Array; all: Float64Array } {
  const binOf = (hz: number) => Math.round(PITCH_BINS_PER_OCTAVE * Math.log2(hz / LOWEST_PITCH_HZ));
  const first = binOf(LOWEST_HZ);
  const end = Math.min(pitchBins - AROUND_BINS, binOf(HIGHEST_HZ));
  let loudest = 0;
  for (let i = 0; i < pitchFrames.length; i++) loudest = Math.max(loudest, pitchFrames[i]!);
  const faintest = Math.sqrt(Math.sqrt(FAINTEST * loudest));
  const roots = new Float64Array(pitchBins);
  const make = (): Partials => ({
    positions: new Float64Array(pitchBins),
    weights: new Float64Array(pitchBins),
    count: 0,
  });
  let here = make();
  let next = make();
  const moved = new Float64Array(rows);
  const all = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    for (let bin = first - AROUND_BINS; bin < end + AROUND_BINS; bin++) {
      roots[bin] = Math.sqrt(Math.sqrt(pitchFrames[row * pitchBins + bin]!));
    }
    findPartials(roots, first, end, faintest, next);
    for (let i = 0; i < next.count; i++) all[row] = all[row]! + next.weights[i]!;
    if (row > 0) moved[row - 1] = movedWeight(here, next);
    [here, next] = [next, here];
  }
  return { moved, all };
}

function findPartials(roots: Float64Array, first: number, end: number, faintest: number, into: Partials): void {
  into.count = 0;
  let sum = 0;
  for (let bin = first - AROUND_BINS; bin < first + AROUND_BINS; bin++) sum += roots[bin]!;
  for (let bin = first; bin < end; bin++) {
    sum += roots[bin + AROUND_BINS]!;
    const [below, centre, above] = [roots[bin - 1]!, roots[bin]!, roots[bin + 1]!];
    const around = sum / (2 * AROUND_BINS + 1);
    if (centre > faintest && centre >= below && centre > above && centre > PROMINENCE * around) {
      into.positions[into.count] = bin + (0.5 * (below - above)) / (below - 2 * centre + above);
      into.weights[into.count] = centre / around - 1;
      into.count += 1;
    }
    sum -= roots[bin - AROUND_BINS]!;
  }
}

/** Weight of those partials whose nearest one in the next frame is near, but elsewhere. */
function movedWeight(here: Partials, next: Partials): number {
  let weight = 0;
  if (next.count === 0) return 0;
  for (let i = 0, j = 0; i < here.count; i++) {
    const position = here.positions[i]!;
    let distance = Math.abs(next.positions[j]! - position);
    while (j + 1 < next.count) {
      const further = Math.abs(next.positions[j + 1]! - position);
      if (further > distance) break;
      distance = further;
      j += 1;
    }
    if (distance > HELD_BINS && distance < SAME_BINS) weight += here.weights[i]!;
  }
  return weight;
}
