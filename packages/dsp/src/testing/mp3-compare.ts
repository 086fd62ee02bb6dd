import type { Mp3Decoder } from '../format/mp3-decoder.ts';
import { Mp3DecoderTwin } from '../format/mp3-decoder.twin.ts';
import { frameTwin } from '../format/mp3-side-info.twin.ts';
import { residualDb } from './residual.ts';

/** How far the kernel is from the formulas over a stream. */
export interface Mp3Comparison {
  readonly statuses: ReadonlySet<string>;
  readonly rms: number;
  readonly peak: number;
  readonly residualDb: number;
}

/** Samples of every channel, one behind the other. */
export function decodeWithTwin(frames: readonly Uint8Array[]): number[][] {
  const twin = new Mp3DecoderTwin();
  const channels: number[][] = [];
  for (const frame of frames) {
    for (const [channel, samples] of twin.decode(frame).entries()) {
      const kept = channels[channel] ?? [];
      kept.push(...samples);
      channels[channel] = kept;
    }
  }
  return channels;
}

/** As `decodeWithTwin`, by the kernel; `statuses` receives what it says of each frame. */
export function decodeWithKernel(decoder: Mp3Decoder, frames: readonly Uint8Array[], statuses: string[]): number[][] {
  decoder.reset();
  const channels: number[][] = [];
  for (const frame of frames) {
    const { mpeg1, channels: count } = frameTwin(frame);
    statuses.push(decoder.decode(frame, mpeg1 ? 1152 : 576));
    for (let channel = 0; channel < count; channel++) {
      const kept = channels[channel] ?? [];
      kept.push(...decoder.block.channel(channel).subarray(0, decoder.block.frames));
      channels[channel] = kept;
    }
  }
  return channels;
}

export function compareMp3(decoder: Mp3Decoder, frames: readonly Uint8Array[]): Mp3Comparison {
  const statuses: string[] = [];
  const truth = decodeWithTwin(frames).flat();
  const result = decodeWithKernel(decoder, frames, statuses).flat();
  const errors = truth.map((value, i) => Math.abs(result[i]! - value));
  return {
    statuses: new Set(statuses),
    rms: Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length),
    peak: errors.reduce((most, error) => Math.max(most, error), 0),
    residualDb: residualDb(result, truth),
  };
}
