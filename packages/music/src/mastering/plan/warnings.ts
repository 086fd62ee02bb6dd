import type { MeasuredSong } from '../measure/measured-song.ts';
import { powerBelow } from './band-hops.ts';

/** Below this the channels cancel each other out in mono. */
const OUT_OF_PHASE = -0.2;
/** Clipping of this share of the samples is heard. */
const HEARD_CLIPPING = 1e-5;
const LONG_SILENCE_SECONDS = 5;
/** Where more of the power than this lies below 18 Hz, nothing that is heard is there. */
const MOSTLY_BELOW = 0.5;

/** What a producer would want to mend in the mixdown, since no master mends it. */
export function warningsOn(song: MeasuredSong): string[] {
  const { figures, frames, channels } = song;
  const { clippedSamples, correlation, silence } = figures;
  const warnings: string[] = [];
  if (clippedSamples > HEARD_CLIPPING * frames * channels)
    warnings.push(`${clippedSamples} samples are cut off at full scale: a master cannot bring them back.`);
  if (correlation !== null && correlation < OUT_OF_PHASE)
    warnings.push(
      `Left and right have a correlation of ${correlation.toFixed(2)}: in mono much of the sound is lost, ${figures.monoLossDb?.toFixed(1) ?? 0} dB of it.`,
    );
  const below = shareBelow(song);
  if (below > MOSTLY_BELOW)
    warnings.push(
      `${Math.round(100 * below)} % of its power lies below 18 Hz, as of an offset that steps: the filter takes it away, and where it steps it leaves a click.`,
    );
  for (const [seconds, end] of [
    [silence.startSeconds, 'start'],
    [silence.endSeconds, 'end'],
  ] as const) {
    if (seconds > LONG_SILENCE_SECONDS) warnings.push(`It has ${seconds.toFixed(1)} s of silence at its ${end}.`);
  }
  return warnings;
}

/** Share of the power that lies below 18 Hz and is no constant offset. */
function shareBelow({ bands, figures }: MeasuredSong): number {
  return figures.rmsDb === null ? 0 : powerBelow(bands, figures).moving / 10 ** (figures.rmsDb / 10);
}
