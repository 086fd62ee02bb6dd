import { CUT_FRAMES, type Features, type FrameSpan, featuresBehindSilence, featuresBetween } from '@tutti/dsp';
import { SILENT_POWER } from './silence.ts';

/** What of the features tells where there is sound. */
export type SoundPower = Pick<Features, 'frames' | 'frameRate' | 'bandEnergies'>;

/** From the first frame that is no silence beside the loudest to behind the last; all of them where nothing sounds. */
export function soundingFrames({ frames, bandEnergies: { low, mid, high } }: SoundPower): FrameSpan {
  let loudest = 0;
  for (let i = 0; i < frames; i++) loudest = Math.max(loudest, low[i]! + mid[i]! + high[i]!);
  if (loudest === 0) return { from: 0, to: frames };
  const silent = SILENT_POWER * loudest;
  const isSilent = (i: number) => low[i]! + mid[i]! + high[i]! <= silent;
  let from = 0;
  let to = frames;
  while (isSilent(from)) from++;
  while (isSilent(to - 1)) to--;
  return { from, to };
}

/**
 * Features of what sounds, cut where features can be cut, behind CUT_FRAMES frames of silence: so the first attack is seen
 * as any other, and sounds are heard alike whether they begin with the file or not. They may start before the file.
 */
export function soundingFeatures(features: Features): Features {
  const { from, to } = soundingFrames(features);
  // A frame hears a little of the next one: the first that sounds may be the one before the sound.
  const start = CUT_FRAMES * Math.floor(Math.min(from + 1, features.frames) / CUT_FRAMES);
  const end = Math.min(features.frames, CUT_FRAMES * Math.ceil(to / CUT_FRAMES));
  const sounding = featuresBehindSilence(featuresBetween(features, { from: start, to: end }));
  return { ...sounding, startSeconds: features.startSeconds + (start - CUT_FRAMES) / features.frameRate };
}
