// Cuts a stream into overlapping frames that lie in one piece in memory. Samples are appended behind the present frame;
// when it is complete, the next one begins `hop` samples later.
import { arenaAllocate } from '../memory/arena';

/** Hops that fit behind a frame before the buffer is moved to its front. */
const HOPS_AHEAD: i32 = 16;

@unmanaged
export class FrameBuffer {
  samples: usize;
  capacity: i32;
  filled: i32;
  /** Index of the present frame's first sample. */
  start: i32;
  length: i32;
  hop: i32;
}

/** @returns 0 when there is no memory */
export function frameBufferCreate(length: i32, hop: i32): usize {
  const capacity = length + HOPS_AHEAD * hop;
  const pointer = arenaAllocate(offsetof<FrameBuffer>());
  const samples = arenaAllocate((<usize>capacity) << 2);
  if (pointer === 0 || samples === 0) return 0;
  const buffer = changetype<FrameBuffer>(pointer);
  buffer.samples = samples;
  buffer.capacity = capacity;
  buffer.length = length;
  buffer.hop = hop;
  return pointer;
}

/** Empties the buffer; the first frame begins with `silence` zeros. */
export function frameBufferReset(buffer: FrameBuffer, silence: i32): void {
  buffer.start = 0;
  buffer.filled = silence;
  memory.fill(buffer.samples, 0, (<usize>silence) << 2);
}

/** How many samples can be appended now: at least one, and no more than the present frame needs. */
export function frameBufferRoom(buffer: FrameBuffer): i32 {
  if (buffer.filled === buffer.capacity) {
    buffer.filled -= buffer.start;
    memory.copy(buffer.samples, buffer.samples + ((<usize>buffer.start) << 2), (<usize>buffer.filled) << 2);
    buffer.start = 0;
  }
  return min(buffer.start + buffer.length, buffer.capacity) - buffer.filled;
}

/** Where the next sample goes. */
export function frameBufferEnd(buffer: FrameBuffer): usize {
  return buffer.samples + ((<usize>buffer.filled) << 2);
}

/** Counts in samples that were written to the end; returns whether the present frame is complete. */
export function frameBufferAppend(buffer: FrameBuffer, count: i32): bool {
  buffer.filled += count;
  return buffer.filled === buffer.start + buffer.length;
}

/** The present frame. */
export function frameBufferFrame(buffer: FrameBuffer): usize {
  return buffer.samples + ((<usize>buffer.start) << 2);
}

/** Goes on to the next frame. */
export function frameBufferNext(buffer: FrameBuffer): void {
  buffer.start += buffer.hop;
}
