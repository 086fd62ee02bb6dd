// A compressor for each of several bands: bands by a crossover -> each through its compressor, if it has one -> their sum.
import {
  BAND_STRIDE,
  Crossover,
  crossoverBand,
  crossoverCreate,
  crossoverReset,
  crossoverSplit,
  crossoverSum,
} from '../filter/crossover';
import { arenaAllocate } from '../memory/arena';
import { compressorProcess } from './compressor';

const MAXIMUM_BANDS: usize = 4;

@unmanaged
class Multiband {
  bands: i32;
  crossover: usize;
  /** A compressor for each band, or 0. */
  compressors: usize;
}

/**
 * @param bands 2 to 4; as many of the frequencies as there are borders count
 * @returns 0 when no memory is left
 */
export function multibandCreate(
  sampleRate: f64,
  channels: i32,
  bands: i32,
  firstHz: f64,
  secondHz: f64,
  thirdHz: f64,
): usize {
  const pointer = arenaAllocate(offsetof<Multiband>());
  const crossover = crossoverCreate(sampleRate, channels, bands, firstHz, secondHz, thirdHz);
  const compressors = arenaAllocate(MAXIMUM_BANDS * sizeof<usize>());
  if (pointer === 0 || crossover === 0 || compressors === 0) return 0;
  const state = changetype<Multiband>(pointer);
  state.bands = bands;
  state.crossover = crossover;
  state.compressors = compressors;
  return pointer;
}

/** Gives a band a compressor, made for the same channels and new. */
export function multibandSetCompressor(pointer: usize, band: i32, compressor: usize): void {
  store<usize>(changetype<Multiband>(pointer).compressors + <usize>band * sizeof<usize>(), compressor);
}

/** Forgets what the crossover heard; the compressors are reset apart. */
export function multibandReset(pointer: usize): void {
  crossoverReset(changetype<Crossover>(changetype<Multiband>(pointer).crossover));
}

/**
 * Changes the level of `frames` samples in place.
 * @param samples first channel
 * @param stride bytes from a channel to the next
 */
export function multibandProcess(pointer: usize, samples: usize, stride: usize, frames: i32): void {
  const state = changetype<Multiband>(pointer);
  const crossover = changetype<Crossover>(state.crossover);
  while (frames > 0) {
    const count = crossoverSplit(crossover, samples, stride, frames);
    for (let band = 0; band < state.bands; band++) {
      const compressor = load<usize>(state.compressors + <usize>band * sizeof<usize>());
      if (compressor !== 0) compressorProcess(compressor, crossoverBand(crossover, band), BAND_STRIDE, count);
    }
    crossoverSum(crossover, samples, stride, count);
    samples += (<usize>count) << 2;
    frames -= count;
  }
}
