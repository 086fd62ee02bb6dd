import type { SampleBlock } from '@tutti/dsp';

const HALF_POWER = Math.SQRT1_2;

/**
 * What each channel gives to left and right, by the number of channels in WAVE order. Centre and surround channels come
 * 3 dB down, low-frequency effects not at all, and a mono track is as loud on two loudspeakers as its one channel.
 * Source: ITU-R BS.775-4, Annex 4, table 2.
 */
const DOWNMIX: readonly (readonly (readonly [left: number, right: number])[])[] = [
  [[HALF_POWER, HALF_POWER]],
  [
    [1, 0],
    [0, 1],
  ],
  [
    [1, 0],
    [0, 1],
    [HALF_POWER, HALF_POWER],
  ],
  [
    [1, 0],
    [0, 1],
    [HALF_POWER, 0],
    [0, HALF_POWER],
  ],
  [
    [1, 0],
    [0, 1],
    [HALF_POWER, HALF_POWER],
    [HALF_POWER, 0],
    [0, HALF_POWER],
  ],
  [
    [1, 0],
    [0, 1],
    [HALF_POWER, HALF_POWER],
    [0, 0],
    [HALF_POWER, 0],
    [0, HALF_POWER],
  ],
  [
    [1, 0],
    [0, 1],
    [HALF_POWER, HALF_POWER],
    [0, 0],
    [0.5, 0.5],
    [HALF_POWER, 0],
    [0, HALF_POWER],
  ],
  [
    [1, 0],
    [0, 1],
    [HALF_POWER, HALF_POWER],
    [0, 0],
    [HALF_POWER, 0],
    [0, HALF_POWER],
    [HALF_POWER, 0],
    [0, HALF_POWER],
  ],
];

/** The most channels a track may have. */
export const MOST_CHANNELS = DOWNMIX.length;

/** Writes `frames` frames of `channels` (1 to 8), from `offset` on, into a stereo block. */
export function writeStereo(
  block: SampleBlock,
  channels: readonly Float32Array[],
  offset: number,
  frames: number,
): void {
  if (channels.length === 2) {
    block.write(channels, offset, frames);
    return;
  }
  block.silence(frames);
  const left = block.channel(0);
  const right = block.channel(1);
  DOWNMIX[channels.length - 1]!.forEach(([toLeft, toRight], index) => {
    const source = channels[index]!;
    for (let i = 0; i < frames; i++) {
      const sample = source[offset + i]!;
      left[i]! += toLeft * sample;
      right[i]! += toRight * sample;
    }
  });
}
