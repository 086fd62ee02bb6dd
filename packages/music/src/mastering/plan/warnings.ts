import type { MeasuredSong } from '../measure/measured-song.ts';

/** Below this the channels cancel each other out in mono. */
const OUT_OF_PHASE = -0.2;
/** Clipping of this share of the samples is heard. */
const HEARD_CLIPPING = 1e-5;
const LONG_SILENCE_SECONDS = 5;

/** What a producer would want to mend in the mixdown, since no master mends it. */
export function warningsOn({ figures, frames, channels }: MeasuredSong): string[] {
  const { clippedSamples, correlation, silence } = figures;
  const warnings: string[] = [];
  if (clippedSamples > HEARD_CLIPPING * frames * channels)
    warnings.push(`${clippedSamples} samples are cut off at full scale: a master cannot bring them back.`);
  if (correlation !== null && correlation < OUT_OF_PHASE)
    warnings.push(
      `Left and right have a correlation of ${correlation.toFixed(2)}: in mono much of the sound is lost, ${figures.monoLossDb?.toFixed(1) ?? 0} dB of it.`,
    );
  for (const [seconds, end] of [
    [silence.startSeconds, 'start'],
    [silence.endSeconds, 'end'],
  ] as const) {
    if (seconds > LONG_SILENCE_SECONDS) warnings.push(`It has ${seconds.toFixed(1)} s of silence at its ${end}.`);
  }
  return warnings;
}
