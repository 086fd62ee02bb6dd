import type { StemModel } from './stem-model.ts';

/**
 * Weights of the features of a sound for each kind, and the constant. Written by `conformance/balancing/fit-recognition.ts`
 * from 125 stems and recordings of 63 songs.
 */
export const STEM_MODEL: StemModel = {
  drums: [-2.201, 13.318, 5.889, -4.089, 2.245, -5.779],
  bass: [0.336, -16.804, 6.831, -0.809, -1.097, 2.295],
  vocals: [-0.699, 3.883, -1.887, 13.734, -1.041, -3.432],
  harmonic: [1.059, -14.042, -12.335, 1.475, 0.093, 6.301],
  backing: [1.798, 9.482, 6.136, 0.405, 0.858, -5.558],
  other: [-0.293, 4.162, -4.634, -10.715, -1.058, 6.172],
};
