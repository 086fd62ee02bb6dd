import { requireInRange } from '../errors.ts';

/** Modes, in the order of the kernel's numbers. */
export const COMPRESSOR_MODES = ['compress', 'expand', 'expand-below'] as const;

export type CompressorMode = (typeof COMPRESSOR_MODES)[number];

/** What may change while a compressor runs. */
export interface CompressorSettings {
  /** dB of full scale, -100 to 20 */
  readonly thresholdDb: number;
  /** dB of input for a dB of output where the level is changed: 1 to 100 to compress, 0.1 to 1 to expand */
  readonly ratio: number;
  /** Width of the bend around the threshold, dB, 0 to 40 */
  readonly kneeDb: number;
  /** 0.0005 to 1 */
  readonly attackSeconds: number;
  /** 0.005 to 5 */
  readonly releaseSeconds: number;
  /** Most that the gain is changed, dB, 0 to 60 */
  readonly rangeDb: number;
  /** Gain of the output, dB, -40 to 40 */
  readonly gainDb: number;
}

/** The settings alone. @throws DspError 'invalid-parameter' naming what is out of its range */
export function requireSettings(settings: CompressorSettings, mode: CompressorMode): CompressorSettings {
  const { thresholdDb, ratio, kneeDb, attackSeconds, releaseSeconds, rangeDb, gainDb } = settings;
  requireInRange('thresholdDb', thresholdDb, -100, 20);
  if (mode === 'compress') requireInRange('ratio', ratio, 1, 100);
  else requireInRange('ratio', ratio, 0.1, 1);
  requireInRange('kneeDb', kneeDb, 0, 40);
  requireInRange('attackSeconds', attackSeconds, 0.0005, 1);
  requireInRange('releaseSeconds', releaseSeconds, 0.005, 5);
  requireInRange('rangeDb', rangeDb, 0, 60);
  requireInRange('gainDb', gainDb, -40, 40);
  return { thresholdDb, ratio, kneeDb, attackSeconds, releaseSeconds, rangeDb, gainDb };
}
