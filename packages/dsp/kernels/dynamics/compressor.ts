// Compressor and expander, all channels with one gain, without latency: level of each group of 4 frames -> gains ->
// samples times gains.
import { arenaAllocate } from '../memory/arena';
import { applyGains } from './apply-gains';
import { GainLine, lineAdvance } from './gain-line';
import { GainStage, stageCreate, stageReset, stageTake } from './gain-stage';
import { detectorCreate, detectorFlush, detectorPush, detectorReset, LevelDetector, SLICE } from './level-detector';

/** How long a level stands: half a period of 40 Hz. */
const HOLD_SECONDS: f64 = 0.0125;

@unmanaged
class Compressor {
  channels: i32;
  detector: usize;
  stage: usize;
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
  const detector = detectorCreate(sampleRate, channels, meanSquare, highPassHz, HOLD_SECONDS);
  const stage = stageCreate(mode, meanSquare, rampFrames, hopFrames);
  if (pointer === 0 || detector === 0 || stage === 0) return 0;
  const state = changetype<Compressor>(pointer);
  state.channels = channels;
  state.detector = detector;
  state.stage = stage;
  return pointer;
}

/** What makes the gains. */
export function compressorStage(pointer: usize): usize {
  return changetype<Compressor>(pointer).stage;
}

/** As if there had been silence for ever; settings that were on their way arrive. */
export function compressorReset(pointer: usize): void {
  const state = changetype<Compressor>(pointer);
  detectorReset(changetype<LevelDetector>(state.detector));
  stageReset(changetype<GainStage>(state.stage));
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
  const stage = changetype<GainStage>(state.stage);
  const line = changetype<GainLine>(stage.line);
  while (frames > 0) {
    const count = min(frames, SLICE - state.position);
    const groups = detectorPush(detector, samples, stride, count);
    stageTake(stage, detector.levels, groups);
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
