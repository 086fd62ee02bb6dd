import type { Stereo } from '../synth/stereo.ts';

/** Lengths of the delay lines in seconds: no two share a rhythm. */
const LINE_SECONDS = [0.0297, 0.0371, 0.0411, 0.0437, 0.0531, 0.0593, 0.0617, 0.0683];
const PRE_DELAY_SECONDS = 0.012;

/**
 * A room: eight delay lines that feed each other through a Householder matrix, with a low-pass in each.
 * Source: Jot & Chaigne, "Digital delay networks for designing artificial reverberators", AES 90, 1991.
 * @param send what is heard in the room
 * @param decaySeconds time in which it dies away by 60 dB
 * @param brightness 0 to 1: how much of the treble each passage through a line keeps
 * @returns the room alone, added to `out`
 */
export function addReverb(
  out: Stereo,
  send: Stereo,
  decaySeconds: number,
  brightness: number,
  sampleRate: number,
): void {
  const lines = LINE_SECONDS.map((seconds) => new Float32Array(Math.round(seconds * sampleRate)));
  const gains = Float64Array.from(LINE_SECONDS, (seconds) => 10 ** ((-3 * seconds) / decaySeconds));
  const lows = new Float64Array(lines.length);
  const positions = new Int32Array(lines.length);
  const taps = new Float64Array(lines.length);
  const keep = 0.25 + 0.75 * brightness;
  const preDelay = Math.round(PRE_DELAY_SECONDS * sampleRate);
  const frames = out.left.length;
  for (let i = 0; i < frames; i++) {
    let sum = 0;
    for (let line = 0; line < 8; line++) {
      const delayed = lines[line]![positions[line]!]!;
      const low = lows[line]! + keep * (delayed - lows[line]!);
      lows[line] = low;
      const tap = gains[line]! * low;
      taps[line] = tap;
      sum += tap;
    }
    const share = sum * 0.25;
    const from = i - preDelay;
    const leftInput = from >= 0 ? send.left[from]! : 0;
    const rightInput = from >= 0 ? send.right[from]! : 0;
    for (let line = 0; line < 8; line++) {
      const input = (line & 1) === 0 ? leftInput : rightInput;
      const value = input + taps[line]! - share;
      // A decaying line would end in denormal numbers, which are slow.
      lines[line]![positions[line]!] = value < 1e-18 && value > -1e-18 ? 0 : value;
      const next = positions[line]! + 1;
      positions[line] = next === lines[line]!.length ? 0 : next;
    }
    out.left[i]! += taps[0]! - taps[1]! + taps[2]! + taps[4]! - taps[7]!;
    out.right[i]! += taps[1]! + taps[3]! - taps[2]! - taps[5]! + taps[6]!;
  }
}
