// Roll: what was heard is heard again, over and over.
//   y = line[delay] or, live, x;  line <- y
// The line takes what is put out, so a delay repeats it without end. Going from one delay to another, or live, is a crossfade that
// the line takes too: the loop runs from its last frame into the frames that followed when it began, and fades from there.
import { arenaAllocate } from '../memory/arena';
import {
  DelayLines,
  delayAddress,
  delayFill,
  delayLinesCreate,
  delayLinesReset,
  delayRead,
  delayTake,
} from './delay-lines';

/** The delay that stands for the sound itself. */
const LIVE: i32 = 0;

@unmanaged
class Roll {
  channels: i32;
  lines: usize;
  fadeFrames: i32;
  /** Frames left of the fade from `delay` to `next`. */
  fadeLeft: i32;
  delay: i32;
  next: i32;
  /** Where to go when no fade is under way. */
  wanted: i32;
}

/**
 * @param longest delay in frames
 * @returns 0 when no memory is left
 */
export function rollCreate(channels: i32, longest: i32, fadeFrames: i32): usize {
  const pointer = arenaAllocate(offsetof<Roll>());
  const lines = delayLinesCreate(channels, longest);
  if (pointer === 0 || lines === 0) return 0;
  const state = changetype<Roll>(pointer);
  state.channels = channels;
  state.lines = lines;
  state.fadeFrames = fadeFrames;
  return pointer;
}

/** Goes to a delay in frames, or to LIVE, as soon as no fade is under way. */
export function rollSet(pointer: usize, delay: i32): void {
  changetype<Roll>(pointer).wanted = delay;
}

/** Forgets what was heard and is live. */
export function rollReset(pointer: usize): void {
  const state = changetype<Roll>(pointer);
  delayLinesReset(changetype<DelayLines>(state.lines));
  state.fadeLeft = 0;
  state.delay = LIVE;
  state.next = LIVE;
  state.wanted = LIVE;
}

/** `frames` frames of the fade, all channels. */
function fade(state: Roll, lines: DelayLines, samples: usize, stride: usize, frames: i32): void {
  const share: f32 = 1 / <f32>state.fadeFrames;
  for (let i = 0; i < frames; i++, samples += 4) {
    state.fadeLeft -= 1;
    const weight = <f32>(state.fadeFrames - state.fadeLeft) * share;
    for (let channel: usize = 0; channel < <usize>state.channels; channel++) {
      const at = samples + stride * channel;
      const x = load<f32>(at);
      const from = state.delay === LIVE ? x : delayRead(lines, channel, state.delay);
      const to = state.next === LIVE ? x : delayRead(lines, channel, state.next);
      const y = from + weight * (to - from);
      store<f32>(at, y);
      store<f32>(delayAddress(lines, channel, lines.position), y);
    }
    lines.position += 1;
  }
  if (state.fadeLeft === 0) state.delay = state.next;
}

/**
 * Rolls `frames` frames in place, or lets them through.
 * @param samples first channel
 * @param stride bytes from a channel to the next
 */
export function rollProcess(pointer: usize, samples: usize, stride: usize, frames: i32): void {
  const state = changetype<Roll>(pointer);
  const lines = changetype<DelayLines>(state.lines);
  while (frames > 0) {
    if (state.fadeLeft === 0 && state.wanted !== state.delay) {
      state.next = state.wanted;
      state.fadeLeft = state.fadeFrames;
    }
    let count: i32;
    if (state.fadeLeft > 0) {
      count = min(frames, state.fadeLeft);
      fade(state, lines, samples, stride, count);
    } else {
      count = min(frames, state.delay === LIVE ? lines.mask + 1 : state.delay);
      for (let channel: usize = 0; channel < <usize>state.channels; channel++) {
        const at = samples + stride * channel;
        if (state.delay !== LIVE) delayTake(lines, channel, state.delay, at, count);
        delayFill(lines, channel, at, count);
      }
      lines.position += count;
    }
    samples += (<usize>count) << 2;
    frames -= count;
  }
}
