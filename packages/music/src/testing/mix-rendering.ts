import { Kernels } from '@tutti/dsp';
import type { MixPlan } from '../mixing/plan-schema.ts';
import { type RenderOptions, renderMix } from '../mixing/render-mix.ts';
import type { TrackSource } from '../sources/track-source.ts';

/** Decoded sound to make a source of. */
export interface Sound {
  readonly sampleRate: number;
  readonly channels: readonly Float32Array[];
}

/** Which sources a render opened and closed. */
export class SourceLog {
  readonly opened: number[] = [];
  readonly closed: number[] = [];
  mostOpen = 0;
}

/** A source that hands out blocks of uneven size from one array, which it overwrites, as decoders do. */
export function sourceOf(sound: Sound, log?: SourceLog, index = 0, longest = 5000): TrackSource {
  const { sampleRate, channels } = sound;
  log?.opened.push(index);
  if (log) log.mostOpen = Math.max(log.mostOpen, log.opened.length - log.closed.length);
  let closed = false;
  return {
    format: { sampleRate, channels: channels.length },
    async *blocks() {
      const scratch = channels.map(() => new Float32Array(longest));
      const total = channels[0]!.length;
      for (let at = 0, turn = 1; at < total; turn = (turn * 7) % 11) {
        const frames = Math.min(total - at, Math.ceil((longest * turn) / 11));
        scratch.forEach((view, channel) => {
          view.set(channels[channel]!.subarray(at, at + frames));
        });
        yield { channels: scratch.map((view) => view.subarray(0, frames)), frames };
        for (const view of scratch) view.fill(9);
        at += frames;
      }
    },
    async close() {
      if (!closed) log?.closed.push(index);
      closed = true;
    },
  };
}

/** The whole mix of a plan, left and right. */
export async function rendered(
  plan: MixPlan,
  sounds: readonly Sound[],
  options: RenderOptions & {
    readonly log?: SourceLog;
    readonly kernels?: Kernels;
    readonly decodeFrames?: number;
  } = {},
): Promise<[Float32Array, Float32Array]> {
  const { log, kernels = new Kernels(), decodeFrames, ...rest } = options;
  const frames = Math.round(plan.seconds * plan.sampleRate);
  const out: [Float32Array, Float32Array] = [new Float32Array(frames), new Float32Array(frames)];
  const open = async (index: number) => sourceOf(sounds[index]!, log, index, decodeFrames);
  let at = 0;
  for await (const block of renderMix(plan, open, kernels, rest)) {
    block.read(out, at);
    at += block.frames;
  }
  if (at !== frames) throw new Error(`the render has ${at} frames; the plan says ${frames}`);
  return out;
}

/** Whether two sounds are the same bit for bit; a comparison element by element takes longer than a render. */
export function sameBits(a: readonly Float32Array[], b: readonly Float32Array[]): boolean {
  const bytes = ({ buffer, byteOffset, byteLength }: Float32Array) => new Uint8Array(buffer, byteOffset, byteLength);
  return a.length === b.length && a.every((samples, i) => Buffer.compare(bytes(samples), bytes(b[i]!)) === 0);
}

/** Frame at which a click near `around` begins: the first sample over a third of the loudest within 25 ms. */
export function clickNear(samples: Float32Array, around: number, sampleRate: number): number | undefined {
  const reach = Math.round(0.025 * sampleRate);
  const from = Math.max(0, Math.round(around) - reach);
  const part = samples.subarray(from, Math.round(around) + reach);
  const peak = part.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (peak < 0.02) return undefined;
  return from + part.findIndex((value) => Math.abs(value) > peak / 3);
}
