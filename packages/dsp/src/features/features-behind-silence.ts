import {
  type BandCurves,
  CUT_FRAMES,
  type Features,
  FRAMES_PER_MEL,
  FRAMES_PER_PITCH,
  FRAMES_PER_TIMBRE,
  TIMBRE_VALUES,
} from './feature-stream.ts';

/** Of mel bands in silence. */
const LOWEST_MEL_DB = -150;

/** The same, CUT_FRAMES frames later, with silence before; but for `stereoFrames`, which keep step with the whole sound. */
export function featuresBehindSilence(features: Features): Features {
  const curve = (values: Float32Array) => behind(CUT_FRAMES, 0, values);
  const bands = ({ low, mid, high }: BandCurves): BandCurves => ({
    low: curve(low),
    mid: curve(mid),
    high: curve(high),
  });
  const { frames, onset, bandOnsets, bandEnergies, melFrames, melBands, timbreFrames, pitchFrames, pitchBins } =
    features;
  return {
    ...features,
    frames: CUT_FRAMES + frames,
    onset: curve(onset),
    bandOnsets: bands(bandOnsets),
    bandEnergies: bands(bandEnergies),
    melFrames: behind((CUT_FRAMES / FRAMES_PER_MEL) * melBands, LOWEST_MEL_DB, melFrames),
    timbreFrames: behind((CUT_FRAMES / FRAMES_PER_TIMBRE) * TIMBRE_VALUES, 0, timbreFrames),
    pitchFrames: behind((CUT_FRAMES / FRAMES_PER_PITCH) * pitchBins, 0, pitchFrames),
  };
}

function behind(count: number, value: number, values: Float32Array): Float32Array {
  const all = new Float32Array(count + values.length);
  all.fill(value, 0, count);
  all.set(values, count);
  return all;
}
