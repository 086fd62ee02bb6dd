// From the levels of groups to the gains of frames.
// Stages: amount by the static curve -> ballistics -> gain of the group -> gain of each frame of the next group.
import { arenaAllocate } from '../memory/arena';
import { Ballistics, ballisticsCreate, ballisticsFollow, ballisticsReset, ballisticsSet } from './ballistics';
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
import { GainLine, lineCreate, lineExtend, lineReset } from './gain-line';
import { GROUP } from './level-detector';

@unmanaged
export class GainStage {
  mode: i32;
  computer: usize;
  ballistics: usize;
  line: usize;
}

/**
 * @param mode as in `gain-computer.ts`
 * @param squares whether levels come as mean squares instead of magnitudes
 * @param rampFrames frames that new settings take to arrive
 * @param hopFrames frames to a value of the record
 * @returns 0 when no memory is left
 */
export function stageCreate(mode: i32, squares: bool, rampFrames: f64, hopFrames: f64): usize {
  const pointer = arenaAllocate(offsetof<GainStage>());
  const computer = computerCreate(mode, squares, max(1, <i32>Math.round(rampFrames / <f64>GROUP)));
  const ballistics = ballisticsCreate(max(1, <i32>Math.round(hopFrames / <f64>GROUP)));
  const line = lineCreate();
  if (pointer === 0 || computer === 0 || ballistics === 0 || line === 0) return 0;
  const state = changetype<GainStage>(pointer);
  state.mode = mode;
  state.computer = computer;
  state.ballistics = ballistics;
  state.line = line;
  return pointer;
}

/** Where the settings go in the next `rampFrames` frames; attack and release are there at once. */
export function gainStageSet(
  pointer: usize,
  thresholdDb: f64,
  ratio: f64,
  kneeDb: f64,
  attackFrames: f64,
  releaseFrames: f64,
  rangeDb: f64,
  gainDb: f64,
): void {
  const state = changetype<GainStage>(pointer);
  computerSet(changetype<GainComputer>(state.computer), thresholdDb, ratio, kneeDb, rangeDb, gainDb);
  // Below the threshold amounts shrink while the level rises.
  const growing = state.mode === EXPAND_BELOW ? releaseFrames : attackFrames;
  const shrinking = state.mode === EXPAND_BELOW ? attackFrames : releaseFrames;
  ballisticsSet(changetype<Ballistics>(state.ballistics), growing / <f64>GROUP, shrinking / <f64>GROUP);
}

/** As if there had been silence for ever; settings that were on their way arrive. */
export function stageReset(state: GainStage): void {
  const computer = changetype<GainComputer>(state.computer);
  computerArrive(computer);
  const rest = computerRest(computer);
  ballisticsReset(changetype<Ballistics>(state.ballistics), rest);
  lineReset(changetype<GainLine>(state.line), computerGain(computer, rest));
}

/** Takes the levels of `groups` groups, which are written over, and extends the line of gains by as many. */
export function stageTake(state: GainStage, levels: usize, groups: i32): void {
  const computer = changetype<GainComputer>(state.computer);
  computerAmounts(computer, levels, groups);
  ballisticsFollow(changetype<Ballistics>(state.ballistics), levels, groups);
  computerGains(computer, levels, groups);
  lineExtend(changetype<GainLine>(state.line), levels, groups);
}

/** The largest amount since this was asked last, in dB. */
export function gainStageMost(pointer: usize): f32 {
  const ballistics = changetype<Ballistics>(changetype<GainStage>(pointer).ballistics);
  const most = ballistics.most;
  ballistics.most = 0;
  return most * DB_PER_NEPER;
}

/** Address of the record of the largest amounts, in nepers. */
export function gainStageRecord(pointer: usize): usize {
  return changetype<Ballistics>(changetype<GainStage>(pointer).ballistics).record;
}

/** How many values the record holds; they are written over from the next sample on. */
export function gainStageTakeRecord(pointer: usize): i32 {
  const ballistics = changetype<Ballistics>(changetype<GainStage>(pointer).ballistics);
  const recorded = ballistics.recorded;
  ballistics.recorded = 0;
  return recorded;
}
