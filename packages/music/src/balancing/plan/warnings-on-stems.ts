import type { PlannedStem } from '../plan-schema.ts';
import type { StemToMix } from './stem-to-mix.ts';

/** Lengths that differ by more may mean that stems do not begin together, seconds. */
const LENGTHS_SECONDS = 1;
/** Confidence under which a person should look. */
const UNSURE = 0.6;

/** What a person should look at. */
export function warningsOnStems(stems: readonly StemToMix[], planned: readonly PlannedStem[]): string[] {
  const warnings: string[] = [];
  const lengths = stems.map(({ source }) => source.seconds);
  const [shortest, longest] = [Math.min(...lengths), Math.max(...lengths)];
  if (longest - shortest > LENGTHS_SECONDS) {
    const short = stems[lengths.indexOf(shortest)]!.heard.name;
    warnings.push(
      `The stems last from ${shortest.toFixed(1)} s (${short}) to ${longest.toFixed(1)} s. All begin together; startSeconds moves one that does not.`,
    );
  }
  const rates = [...new Set(stems.map(({ source }) => source.sampleRate))];
  if (rates.length > 1)
    warnings.push(
      `The stems have sample rates of ${rates.toSorted((a, b) => a - b).join(', ')} Hz: all are converted to ${Math.max(...rates)} Hz.`,
    );
  for (const { name, muted, gain, recognised } of planned) {
    if (muted) warnings.push(`${name} is left out: ${gain.reason}.`);
    else if (recognised.followed === 'user') continue;
    else if (recognised.followed !== 'both' && recognised.byName !== null && recognised.bySound !== null)
      warnings.push(
        `${name} sounds like ${recognised.bySound.kind} and is named like ${recognised.byName}: it is mixed as ${recognised.kind}.`,
      );
    else if (recognised.confidence !== null && recognised.confidence < UNSURE)
      warnings.push(
        `It is not sure what ${name} is: mixed as ${recognised.kind} (${Math.round(100 * recognised.confidence)} %).`,
      );
  }
  if (planned.every(({ muted }) => muted)) warnings.push('Nothing is left to be heard: the mix is silent.');
  return warnings;
}
