import { equaliserTwin } from '../filter/equaliser.twin.ts';
import type { EchoOptions } from './echo.ts';

/**
 * Plain float64 form of `Echo` with settings that stand still, echo by echo: each is the one before it, filtered, fed
 * back and delayed once more.
 */
export function echoTwin(channels: readonly Float32Array[], options: EchoOptions): Float64Array[] {
  const { sampleRate, timeSeconds, feedback, lowCutHz, highCutHz, send, wet, dry, pingPong = false } = options;
  const delay = Math.round(timeSeconds * sampleRate);
  const output = channels.map((samples) => Float64Array.from(samples, (value) => dry * value));
  const middle = channels[0]!.map((value, i) => (value + (channels[1]?.[i] ?? value)) / 2);
  let echoes = channels.map((samples, channel) => {
    const input = pingPong ? middle : samples;
    return Float64Array.from(input, (value) => (pingPong && channel === 1 ? 0 : send * value));
  });
  for (let shift = delay; shift < channels[0]!.length; shift += delay) {
    output.forEach((samples, channel) => {
      for (let i = shift; i < samples.length; i++) samples[i]! += wet * echoes[channel]![i - shift]!;
    });
    const filtered = echoes.map((samples) =>
      equaliserTwin(
        samples,
        [
          { shape: 'high-pass', frequencyHz: lowCutHz, q: Math.SQRT1_2 },
          { shape: 'low-pass', frequencyHz: highCutHz, q: Math.SQRT1_2 },
        ],
        sampleRate,
      ).map((value) => feedback * value),
    );
    echoes = pingPong ? filtered.reverse() : filtered;
  }
  return output;
}
