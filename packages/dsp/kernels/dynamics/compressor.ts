// Compressor and expander, all channels with one gain, without latency.
// Stages: level of each group of 4 frames -> amount by the static curve -> ballistics -> gain of the group -> gain of
// each frame of the next group -> samples times gain.
import { arenaAllocate } from '../memory/arena';
import { applyGains } from './apply-gains';
import {
  Ballistics,
  ballisticsCreate,
  ballisticsFollow,
  ballisticsMost,
  ballisticsReset,
  ballisticsSet,
  ballisticsTake,
} from './ballistics';
import {
  computerAmounts,
  computerArrive,
  computerCreate,
  computerGain,
  computerGains,
  computerRest,
  computerSet,
  DB_PER_NEPER,
  EXPAND_BELOW,
  GainComputer,
} from './gain-computer';
import { GainLine, lineAdvance, lineCreate, lineExtend, lineReset } from './gain-line';
import {
  detectorCreate,
  detectorFlush,
  detectorPush,
  detectorReset,
  GROUP,
  LevelDetector,
  SLICE,
} from './level-detector';

@unmanaged
class Compressor {
  channels: i32;
  mode: i32;
  detector: usize;
  computer: usize;
  ballistics: usize;
  line: usize;
  /** Frames since the last slice began. */
  position: i32;
}

/**
 * @param mode as in `gain-computer.ts`
 * @param meanSquare whether levels are root mean squares instead of peaks
 * @param highPassHz of what the level is taken from, 0 for none
 * @param rampFrames frames that new settings take to arrive
 * @param hopFrames frames to a value of the record
 * @returns 0 when no memory is left
 */
export function compressorCreate(
  sampleRate: f64,
  channels: i32,
  mode: i32,
  meanSquare: bool,
  highPassHz: f64,
  rampFrames: f64,
  hopFrames: f64,
): usize {
  const pointer = arenaAllocate(offsetof<Compressor>());
  const detector = detectorCreate(sampleRate, channels, meanSquare, highPassHz);
  const computer = computerCreate(mode, meanSquare, max(1, <i32>Math.round(rampFrames / <f64>GROUP)));
  const ballistics = ballisticsCreate(max(1, <i32>Math.round(hopFrames / <f64>GROUP)));
  const line = lineCreate();
  if (pointer === 0 || detector === 0 || computer === 0 || ballistics === 0 || line === 0) return 0;
  const state = changetype<Compressor>(pointer);
  state.channels = channels;
  state.mode = mode;
  state.detector = detector;
  state.computer = computer;
  state.ballistics = ballistics;
  state.line = line;
  return pointer;
}

/** Where the settings go in the next `rampFrames` frames; attack and release are there at once. */
export function compressorSet(
  pointer: usize,
  thresholdDb: f64,
  ratio: f64,
  kneeDb: f64,
  attackFrames: f64,
  releaseFrames: f64,
  rangeDb: f64,
  gainDb: f64,
): void {
  const state = changetype<Compressor>(pointer);
  computerSet(changetype<GainComputer>(state.computer), thresholdDb, ratio, kneeDb, rangeDb, gainDb);
  // Below the threshold amounts shrink while the level rises.
  const growing = state.mode === EXPAND_BELOW ? releaseFrames : attackFrames;
  const shrinking = state.mode === EXPAND_BELOW ? attackFrames : releaseFrames;
  ballisticsSet(changetype<Ballistics>(state.ballistics), growing / <f64>GROUP, shrinking / <f64>GROUP);
}

/** As if there had been silence for ever; settings that were on their way arrive. */
export function compressorReset(pointer: usize): void {
  const state = changetype<Compressor>(pointer);
  const computer = changetype<GainComputer>(state.computer);
  detectorReset(changetype<LevelDetector>(state.detector));
  computerArrive(computer);
  const rest = computerRest(computer);
  ballisticsReset(changetype<Ballistics>(state.ballistics), rest);
  lineReset(changetype<GainLine>(state.line), computerGain(computer, rest));
  state.position = 0;
}

/**
 * Changes the level of `frames` samples in place.
 * @param samples first channel
 * @param stride bytes from a channel to the next
 */
export function compressorProcess(pointer: usize, samples: usize, stride: usize, frames: i32): void {
  const state = changetype<Compressor>(pointer);
  const detector = changetype<LevelDetector>(state.detector);
  const computer = changetype<GainComputer>(state.computer);
  const line = changetype<GainLine>(state.line);
  while (frames > 0) {
    const count = min(frames, SLICE - state.position);
    const groups = detectorPush(detector, samples, stride, count);
    if (groups > 0) {
      const values = detector.levels;
      computerAmounts(computer, values, groups);
      ballisticsFollow(changetype<Ballistics>(state.ballistics), values, groups);
      computerGains(computer, values, groups);
      lineExtend(line, values, groups);
    }
    for (let channel = 0; channel < state.channels; channel++) {
      const at = samples + stride * <usize>channel;
      applyGains(at, at, line.gains, count);
    }
    lineAdvance(line, count);
    state.position += count;
    if (state.position === SLICE) {
      detectorFlush(detector);
      state.position = 0;
    }
    samples += (<usize>count) << 2;
    frames -= count;
  }
}

/** The largest amount since this was asked last, in dB. */
export function compressorMost(pointer: usize): f32 {
  const state = changetype<Compressor>(pointer);
  return <f32>(ballisticsMost(changetype<Ballistics>(state.ballistics)) * DB_PER_NEPER);
}

/** Address of the record of the largest amounts, in nepers. */
export function compressorRecord(pointer: usize): usize {
  return changetype<Ballistics>(changetype<Compressor>(pointer).ballistics).record;
}

/** How many values the record holds; they count as taken, and stay until the next sample is processed. */
export function compressorTakeRecord(pointer: usize): i32 {
  return ballisticsTake(changetype<Ballistics>(changetype<Compressor>(pointer).ballistics));
}
