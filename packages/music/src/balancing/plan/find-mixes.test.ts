import { describe, expect, it } from 'vitest';
import { hear, stem } from '../../testing/stems.ts';
import { findMix } from './find-mixes.ts';
import { audibleStems } from './stem-levels.ts';

describe('findMix', async () => {
  const [drums, bass, keys, voice] = [stem('drums'), stem('bass'), stem('chords'), stem('voice')];
  const sum = (...clips: readonly (typeof drums)[]) => ({
    sampleRate: 44_100,
    channels: [0, 1].map((channel) =>
      Float32Array.from({ length: 6 * 44_100 }, (_, i) =>
        clips.reduce((total, { channels }) => total + channels[channel]![i]!, 0),
      ),
    ),
  });
  const among = async (...clips: readonly (typeof drums)[]) =>
    findMix(audibleStems(await Promise.all(clips.map((clip, i) => hear(`${i}`, clip))), 6));

  it('finds the sum of the others, at any levels', async () => {
    const found = await among(drums, bass, keys, sum(drums, bass, keys));
    expect(found).toMatchObject({ index: 3, reason: expect.stringMatching(/0, 1, 2 add up to 9\d % of it/) });
  });

  it('takes neither a stem that has more in it than the others for their mix, nor one of two', async () => {
    expect(await among(drums, bass, sum(drums, bass, voice, keys))).toBeNull();
    expect(await among(drums, bass, keys, voice)).toBeNull();
    expect(await among(drums, sum(drums, bass))).toBeNull();
  });
});
