// What became of the stereo image: level, phase and likeness of the channels in bands and short blocks.
import { decibels, type Signal, signalFrames } from '../../mastering/signal.ts';
import { Spectra } from './spectra.ts';

const SIZE = 4096;
/** Frames of a block, a quarter of a frame apart. */
const BLOCK_FRAMES = 4;
const BANDS_PER_OCTAVE = 2;
const LOWEST_HZ = 80;
const HIGHEST_HZ = 14_000;
/** A band of a block further under the loudest one is not heard. */
const HEARD_POWER = 1e-5;
/** Where the channels are less alike, the difference of their phases says nothing. */
const LIKE = 0.5;

export interface StereoChange {
  /** Mean size of the change in the difference of levels, dB. */
  readonly levelDb: number;
  /** Mean size of the change in the difference of phases, degrees. */
  readonly phaseDegrees: number;
  /** Mean size of the change in the likeness (coherence) of the channels. */
  readonly coherence: number;
  /** By how much the level of the side fell against that of the middle, dB. */
  readonly sideLossDb: number;
}

/** Powers and cross power of a band of a block. */
interface Image {
  left: number;
  right: number;
  re: number;
  im: number;
}

/**
 * @param slope as for `spectralChange`
 * @returns null for anything but two channels, or where they are one and the same
 */
export function stereoChange(reference: Signal, output: Signal, slope: number): StereoChange | null {
  if (reference.channels.length !== 2 || sideShare(reference) < 1e-9) return null;
  const frames = Math.min(signalFrames(reference), Math.floor(signalFrames(output) / slope));
  const count = Math.floor((frames - SIZE) / (SIZE / 4));
  const before = images(reference, count, 1);
  const after = images(output, count, slope);
  const loudest = before.reduce((most, { left, right }) => Math.max(most, left + right), 0);
  const heard = before.flatMap((image, i) =>
    image.left + image.right > HEARD_POWER * loudest ? [[image, after[i]!] as const] : [],
  );
  const like = heard.filter(([a, b]) => coherenceOf(a) > LIKE && coherenceOf(b) > 0);
  return {
    levelDb: meanOf(heard.map(([a, b]) => Math.abs(levelOf(b) - levelOf(a)))),
    phaseDegrees: meanOf(like.map(([a, b]) => Math.abs(phaseBetween(a, b)))),
    coherence: meanOf(heard.map(([a, b]) => Math.abs(coherenceOf(b) - coherenceOf(a)))),
    sideLossDb: decibels(sideShare(reference) / sideShare(output)),
  };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value / values.length, 0);
}

/** Bands beside each other, blocks after each other. */
function images(signal: Signal, count: number, slope: number): Image[] {
  const spectra = new Spectra(SIZE);
  const [left, right] = signal.channels as [Float64Array, Float64Array];
  const edges: number[] = [];
  for (let hz = LOWEST_HZ; hz < Math.min(HIGHEST_HZ, 0.45 * signal.sampleRate); hz *= 2 ** (1 / BANDS_PER_OCTAVE)) {
    edges.push(Math.round((hz * SIZE) / signal.sampleRate));
  }
  const result: Image[] = [];
  for (let frame = 0; frame + BLOCK_FRAMES <= count; frame += BLOCK_FRAMES) {
    const block = edges.slice(1).map(() => ({ left: 0, right: 0, re: 0, im: 0 }));
    for (let i = frame; i < frame + BLOCK_FRAMES; i++) {
      const centre = Math.round((SIZE / 2 + (i * SIZE) / 4) * slope);
      const [aRe, aIm, bRe, bIm] = spectra.pair(left, right, centre, centre);
      for (const [band, image] of block.entries()) {
        for (let k = edges[band]!; k < edges[band + 1]!; k++) {
          image.left += aRe[k]! ** 2 + aIm[k]! ** 2;
          image.right += bRe[k]! ** 2 + bIm[k]! ** 2;
          image.re += aRe[k]! * bRe[k]! + aIm[k]! * bIm[k]!;
          image.im += aIm[k]! * bRe[k]! - aRe[k]! * bIm[k]!;
        }
      }
    }
    result.push(...block);
  }
  return result;
}

/** Level of the left over that of the right, no further than 40 dB: beyond, the other one is not heard. */
function levelOf({ left, right }: Image): number {
  return Math.min(40, Math.max(-40, decibels((left + 1e-30) / (right + 1e-30))));
}

function coherenceOf({ left, right, re, im }: Image): number {
  return Math.hypot(re, im) / Math.sqrt(left * right + 1e-30);
}

function phaseBetween(a: Image, b: Image): number {
  return (Math.atan2(b.im * a.re - b.re * a.im, a.re * b.re + a.im * b.im) * 180) / Math.PI;
}

/** Energy of the side over that of the middle. */
function sideShare({ channels }: Signal): number {
  const [left, right] = channels as [Float64Array, Float64Array];
  let middle = 0;
  let side = 0;
  for (let i = 0; i < left.length; i++) {
    middle += (left[i]! + right[i]!) ** 2;
    side += (left[i]! - right[i]!) ** 2;
  }
  return side / Math.max(1e-30, middle);
}
