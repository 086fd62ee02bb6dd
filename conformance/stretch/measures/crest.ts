import { type Signal, signalFrames } from '../../mastering/signal.ts';

const BLOCK_SECONDS = 0.04;

/**
 * By how much the peaks of a sound of pulses fell against its level, dB: partials whose phases have drifted apart add
 * up to lower peaks. Median over blocks; the output is in time with the reference.
 */
export function crestLossDb(reference: Signal, output: Signal): number {
  const block = Math.round(BLOCK_SECONDS * reference.sampleRate);
  const losses: number[] = [];
  for (let start = 0; start + block <= Math.min(signalFrames(reference), signalFrames(output)); start += block) {
    const [before, after] = [crestOf(reference, start, block), crestOf(output, start, block)];
    if (Number.isFinite(before) && Number.isFinite(after)) losses.push(20 * Math.log10(before / after));
  }
  return losses.sort((a, b) => a - b)[losses.length >> 1] ?? 0;
}

function crestOf({ channels }: Signal, start: number, length: number): number {
  let peak = 0;
  let square = 0;
  for (const samples of channels) {
    for (let i = start; i < start + length; i++) {
      peak = Math.max(peak, Math.abs(samples[i]!));
      square += samples[i]! ** 2;
    }
  }
  return peak / Math.sqrt(square / (length * channels.length));
}
