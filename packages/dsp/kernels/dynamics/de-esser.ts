// A de-esser: bands by a crossover -> share of the second band in the energy of the whole -> gains -> the second band
// times gains -> sum of the bands. All channels have one gain.
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
import { applyGains } from './apply-gains';
import { COMPRESS } from './gain-computer';
import { GainLine, lineAdvance } from './gain-line';
import { GainStage, stageCreate, stageReset, stageTake } from './gain-stage';
import { detectorCreate, detectorFlush, detectorPush, detectorReset, LevelDetector } from './level-detector';

/** A whole of this mean square or less has no share. */
const SILENT_SQUARE: f32 = 1e-30;

@unmanaged
class DeEsser {
  channels: i32;
  crossover: usize;
  /** Of the second band, and of the whole. */
  bandDetector: usize;
  wholeDetector: usize;
  stage: usize;
}

/**
 * @param highHz upper end of the band; 0 for none
 * @param wholeFromHz from where on the sound counts as the whole; 0 for all of it
 * @param rampFrames frames that new settings take to arrive
 * @param hopFrames frames to a value of the record
 * @returns 0 when no memory is left
 */
export function deEsserCreate(
  sampleRate: f64,
  channels: i32,
  lowHz: f64,
  highHz: f64,
  wholeFromHz: f64,
  rampFrames: f64,
  hopFrames: f64,
): usize {
  const bands = highHz > 0 ? 3 : 2;
  const pointer = arenaAllocate(offsetof<DeEsser>());
  const crossover = crossoverCreate(sampleRate, channels, bands, lowHz, highHz, 0);
  const bandDetector = detectorCreate(sampleRate, channels, true, 0, 0);
  const wholeDetector = detectorCreate(sampleRate, channels, true, wholeFromHz, 0);
  const stage = stageCreate(COMPRESS, true, rampFrames, hopFrames);
  if (pointer === 0 || crossover === 0 || bandDetector === 0 || wholeDetector === 0 || stage === 0) return 0;
  const state = changetype<DeEsser>(pointer);
  state.channels = channels;
  state.crossover = crossover;
  state.bandDetector = bandDetector;
  state.wholeDetector = wholeDetector;
  state.stage = stage;
  return pointer;
}

/** What makes the gains. */
export function deEsserStage(pointer: usize): usize {
  return changetype<DeEsser>(pointer).stage;
}

/** As if there had been silence for ever; settings that were on their way arrive. */
export function deEsserReset(pointer: usize): void {
  const state = changetype<DeEsser>(pointer);
  crossoverReset(changetype<Crossover>(state.crossover));
  detectorReset(changetype<LevelDetector>(state.bandDetector));
  detectorReset(changetype<LevelDetector>(state.wholeDetector));
  stageReset(changetype<GainStage>(state.stage));
}

/** band[i] /= whole[i] for mean squares */
function share(band: usize, whole: usize, groups: i32): void {
  for (const end = band + ((<usize>groups) << 2); band < end; band += 16, whole += 16) {
    const energy = f32x4.pmax(f32x4.splat(SILENT_SQUARE), v128.load(whole));
    v128.store(band, f32x4.div(v128.load(band), energy));
  }
}

/**
 * Turns the band down where it stands out, in `frames` samples, in place.
 * @param samples first channel
 * @param stride bytes from a channel to the next
 */
export function deEsserProcess(pointer: usize, samples: usize, stride: usize, frames: i32): void {
  const state = changetype<DeEsser>(pointer);
  const crossover = changetype<Crossover>(state.crossover);
  const bandDetector = changetype<LevelDetector>(state.bandDetector);
  const wholeDetector = changetype<LevelDetector>(state.wholeDetector);
  const stage = changetype<GainStage>(state.stage);
  const line = changetype<GainLine>(stage.line);
  const band = crossoverBand(crossover, 1);
  while (frames > 0) {
    const count = crossoverSplit(crossover, samples, stride, frames);
    detectorPush(wholeDetector, samples, stride, count);
    // The crossover ends its slices where states are flushed.
    if (crossover.position === 0) detectorFlush(wholeDetector);
    const groups = detectorPush(bandDetector, band, BAND_STRIDE, count);
    share(bandDetector.levels, wholeDetector.levels, groups);
    stageTake(stage, bandDetector.levels, groups);
    for (let channel: usize = 0; channel < <usize>state.channels; channel++) {
      const at = band + BAND_STRIDE * channel;
      applyGains(at, at, line.gains, count);
    }
    lineAdvance(line, count);
    crossoverSum(crossover, samples, stride, count);
    samples += (<usize>count) << 2;
    frames -= count;
  }
}
