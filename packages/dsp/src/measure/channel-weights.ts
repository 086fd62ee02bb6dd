import { requireInteger } from '../errors.ts';

/**
 * Places of loudspeakers, in the order of the bits of a WAVE channel mask: front left, right and centre, low-frequency
 * effects, back left and right, front left and right of centre, back centre, side left and right, top centre, and the six
 * at the top of front and back.
 * Source: Microsoft, "Multiple channel audio data and WAVE files" (2007).
 */
export const SPEAKERS = [
  ...(['FL', 'FR', 'FC', 'LFE', 'BL', 'BR', 'FLC', 'FRC', 'BC', 'SL', 'SR'] as const),
  ...(['TC', 'TFL', 'TFC', 'TFR', 'TBL', 'TBC', 'TBR'] as const),
] as const;
export type Speaker = (typeof SPEAKERS)[number];

/**
 * Where the channels of a file belong that does not say so, by their number: the order of FLAC (RFC 9639, section 9.1.3),
 * and of WAVE files without a channel mask.
 */
const DEFAULT_SPEAKERS: readonly (readonly Speaker[])[] = [
  [],
  ['FC'],
  ['FL', 'FR'],
  ['FL', 'FR', 'FC'],
  ['FL', 'FR', 'BL', 'BR'],
  ['FL', 'FR', 'FC', 'BL', 'BR'],
  ['FL', 'FR', 'FC', 'LFE', 'BL', 'BR'],
  ['FL', 'FR', 'FC', 'LFE', 'BC', 'SL', 'SR'],
  ['FL', 'FR', 'FC', 'LFE', 'BL', 'BR', 'SL', 'SR'],
];

/**
 * Where the channels of a file belong that does not say so.
 * @param channels 1 to 8
 * @throws DspError 'invalid-parameter'
 */
export function defaultSpeakers(channels: number): readonly Speaker[] {
  requireInteger('channels', channels, 1, 8);
  return DEFAULT_SPEAKERS[channels]!;
}

/** Loudspeakers at 60 to 120 degrees to either side and near the height of the ears. Source: ITU-R BS.1770-5, table 4. */
const SURROUND_WEIGHT = 1.41;

/**
 * What each channel counts in a loudness sum. The LFE is left out; loudspeakers at the sides weigh 1.41, all others 1.
 * Back loudspeakers are at the sides where there are no side ones (ITU-R BS.775 has its surrounds at 110 degrees), and
 * behind at 135 degrees where there are.
 * Source: ITU-R BS.1770-5, Annex 1, tables 3 to 5.
 */
export function speakerWeights(speakers: readonly Speaker[]): number[] {
  const hasSides = speakers.some((speaker) => speaker === 'SL' || speaker === 'SR');
  return speakers.map((speaker) => {
    if (speaker === 'LFE') return 0;
    if (speaker === 'SL' || speaker === 'SR') return SURROUND_WEIGHT;
    return (speaker === 'BL' || speaker === 'BR') && !hasSides ? SURROUND_WEIGHT : 1;
  });
}
