import { type Features, type Kernels, LOWEST_PITCH_HZ, PITCH_BINS_PER_OCTAVE, partialMotion } from '@tutti/dsp';
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

/**
 * How likely somebody sings, second by second.
 * Voices glide and tremble where instruments with keys and frets hold their pitch: the evidence is the share of the
 * prominent partials between 350 and 2800 Hz that have moved a little from one frame to the next, weighted by how much
 * they stand out. Spoken voices count as sung; bowed strings, slides and solo winds are taken for voices. The level of the
 * track does not matter.
 * Stages: pitch frames -> fourth root -> prominent peaks, placed by a parabola -> nearest peak in the next frame
 * -> share of the weight that moved, over two seconds -> 1 - 2^(-share / 0.05).
 * @param kernels lend memory for the time of the call
 * @returns null where there is no second of it
 */
export function vocalActivity(
  kernels: Kernels,
  { pitchFrames, pitchBins, pitchFrameRate, frames, frameRate }: Features,
): VocalActivity | null {
  const count = Math.floor(frames / frameRate / VOCAL_HOP_SECONDS);
  const rows = Math.floor(pitchFrames.length / pitchBins);
  if (count === 0 || rows < 2) return null;
  const binOf = (hz: number) => Math.round(PITCH_BINS_PER_OCTAVE * Math.log2(hz / LOWEST_PITCH_HZ));
  const { moved, all } = partialMotion(kernels, pitchFrames, pitchBins, {
    first: binOf(LOWEST_HZ),
    end: Math.min(pitchBins - AROUND_BINS, binOf(HIGHEST_HZ)),
    around: AROUND_BINS,
    prominence: PROMINENCE,
    faintest: FAINTEST,
    heldBins: HELD_BINS,
    sameBins: SAME_BINS,
  });
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
