import {
  type BandCurves,
  type Features,
  FRAMES_PER_MEL,
  FRAMES_PER_PITCH,
  FRAMES_PER_TIMBRE,
  STEREO_VALUES,
  TIMBRE_VALUES,
} from './feature-stream.ts';
import { stereoRowsBefore } from './stereo-rows.ts';

/** A stretch of frames, counted from some origin: [from, to). */
export interface FrameSpan {
  readonly from: number;
  readonly to: number;
}

/**
 * Features of a stretch, without a copy.
 * @param span in frames of `features`; `from` a multiple of CUT_FRAMES, `to` one too or the end
 * @param origin frame of the stream that is the first of `features`, a multiple of CUT_FRAMES
 */
export function featuresBetween(features: Features, { from, to }: FrameSpan, origin = 0): Features {
  const part = (curve: Float32Array) => curve.subarray(from, to);
  const bands = ({ low, mid, high }: BandCurves): BandCurves => ({ low: part(low), mid: part(mid), high: part(high) });
  const rows = (values: Float32Array, width: number, framesPerRow: number) =>
    values.subarray((width * from) / framesPerRow, width * Math.ceil(to / framesPerRow));
  const stereoRow = (frame: number) => STEREO_VALUES * (stereoRowsBefore(origin + frame) - stereoRowsBefore(origin));
  return {
    ...features,
    frames: to - from,
    onset: part(features.onset),
    bandOnsets: bands(features.bandOnsets),
    bandEnergies: bands(features.bandEnergies),
    melFrames: rows(features.melFrames, features.melBands, FRAMES_PER_MEL),
    timbreFrames: rows(features.timbreFrames, TIMBRE_VALUES, FRAMES_PER_TIMBRE),
    stereoFrames: features.stereoFrames.subarray(stereoRow(from), stereoRow(to)),
    pitchFrames: rows(features.pitchFrames, features.pitchBins, FRAMES_PER_PITCH),
  };
}
