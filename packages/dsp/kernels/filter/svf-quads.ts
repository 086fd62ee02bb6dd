// A state-variable filter over four frames of two channels at once, where samples come in fours: what four steps of
// `svf-step.ts` do to the states and put out is linear in the states and the four inputs, so that it is a table, and the
// states wait for each other once in four frames instead of four times.
import { arenaAllocate } from '../memory/arena';
import { COEFFICIENTS, svfDesign } from './svf-design';

const FRAMES: usize = 4;
/** What follows from each of the four inputs, then from s1 and from s2: three v128 each. */
const ENTRIES: usize = FRAMES + 2;
/** Output of frames 0 and 1 (left and right of either), of frames 2 and 3, change of s1 and s2 (left and right of either). */
const ENTRY_BYTES: usize = 48;
const FROM_FIRST: usize = ENTRY_BYTES * FRAMES;
const FROM_SECOND: usize = FROM_FIRST + ENTRY_BYTES;

/** The table of a filter, its parameters as in `svfDesign`; 0 when no memory is left. */
export function quadsCreate(shape: i32, sampleRate: f64, frequencyHz: f64, q: f64, gainDb: f64): usize {
  const table = arenaAllocate(ENTRY_BYTES * ENTRIES);
  const coefficients = arenaAllocate(4 * COEFFICIENTS);
  if (table === 0 || coefficients === 0) return 0;
  svfDesign(coefficients, 4, shape, sampleRate, frequencyHz, q, gainDb);
  for (let entry: usize = 0; entry < ENTRIES; entry++) storeEntry(table + ENTRY_BYTES * entry, coefficients, entry);
  return table;
}

function storePair(target: usize, value: f64): void {
  store<f32>(target, <f32>value);
  store<f32>(target, <f32>value, 4);
}

/** Four steps in f64 from a 1 at one place. */
function storeEntry(target: usize, coefficients: usize, entry: usize): void {
  const c1 = <f64>load<f32>(coefficients);
  const c2 = <f64>load<f32>(coefficients, 4);
  const c3 = <f64>load<f32>(coefficients, 8);
  const d0 = <f64>load<f32>(coefficients, 12);
  const d1 = <f64>load<f32>(coefficients, 16);
  const d2 = <f64>load<f32>(coefficients, 20);
  // What the states have gained.
  let gained1: f64 = 0;
  let gained2: f64 = 0;
  const start1: f64 = entry === FRAMES ? 1 : 0;
  const start2: f64 = entry === FRAMES + 1 ? 1 : 0;
  for (let frame: usize = 0; frame < FRAMES; frame++) {
    const s1 = start1 + gained1;
    const s2 = start2 + gained2;
    const x: f64 = frame === entry ? 1 : 0;
    const v = x - s2;
    storePair(target + 8 * frame, d0 * x + (d1 * s1 + d2 * s2));
    gained1 += c2 * v - c1 * s1;
    gained2 += c2 * s1 + c3 * v;
  }
  storePair(target + 32, gained1);
  storePair(target + 40, gained2);
}

/** What an entry of the table brings for a value in each lane. */
function brought(table: usize, value: v128): v128 {
  return f32x4.mul(v128.load(table), value);
}

/**
 * Filters whole fours of frames of two channels.
 * @param states s1 of left and right, s2 of left and right
 * @param frames a multiple of 4
 */
export function quadsRun(
  table: usize,
  states: usize,
  left: usize,
  right: usize,
  leftTarget: usize,
  rightTarget: usize,
  frames: i32,
): void {
  let s = v128.load(states);
  for (const end = left + ((<usize>frames) << 2); left < end; left += 16, right += 16) {
    const l = v128.load(left);
    const r = v128.load(right);
    const early = v128.shuffle<f32>(l, r, 0, 4, 1, 5);
    const late = v128.shuffle<f32>(l, r, 2, 6, 3, 7);
    const x0 = v128.shuffle<f64>(early, early, 0, 0);
    const x1 = v128.shuffle<f64>(early, early, 1, 1);
    const x2 = v128.shuffle<f64>(late, late, 0, 0);
    const x3 = v128.shuffle<f64>(late, late, 1, 1);
    const s1 = v128.shuffle<f64>(s, s, 0, 0);
    const s2 = v128.shuffle<f64>(s, s, 1, 1);

    const y01 = f32x4.add(
      f32x4.add(brought(table, x0), brought(table + ENTRY_BYTES, x1)),
      f32x4.add(brought(table + FROM_FIRST, s1), brought(table + FROM_SECOND, s2)),
    );
    const y23 = f32x4.add(
      f32x4.add(
        f32x4.add(brought(table + 16, x0), brought(table + ENTRY_BYTES + 16, x1)),
        f32x4.add(brought(table + 2 * ENTRY_BYTES + 16, x2), brought(table + 3 * ENTRY_BYTES + 16, x3)),
      ),
      f32x4.add(brought(table + FROM_FIRST + 16, s1), brought(table + FROM_SECOND + 16, s2)),
    );
    const gained = f32x4.add(
      f32x4.add(brought(table + 32, x0), brought(table + ENTRY_BYTES + 32, x1)),
      f32x4.add(brought(table + 2 * ENTRY_BYTES + 32, x2), brought(table + 3 * ENTRY_BYTES + 32, x3)),
    );
    // What the states make of themselves comes last: that chain decides the speed.
    const turned = f32x4.add(brought(table + FROM_FIRST + 32, s1), brought(table + FROM_SECOND + 32, s2));
    s = f32x4.add(f32x4.add(s, gained), turned);
    v128.store(leftTarget, v128.shuffle<f32>(y01, y23, 0, 2, 4, 6));
    v128.store(rightTarget, v128.shuffle<f32>(y01, y23, 1, 3, 5, 7));
    leftTarget += 16;
    rightTarget += 16;
  }
  v128.store(states, s);
}
