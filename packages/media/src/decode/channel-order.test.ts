import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { defaultSpeakers, type Speaker } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { int16Bytes, makeWav } from '../testing/make-wav.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { hasFfmpeg } from '../testing/with-ffmpeg.ts';
import { speakersOfMask } from './channel-mask.ts';
import { decodeFile } from './decode-file.ts';
import { findFfmpeg } from './ffmpeg/find-ffmpeg.ts';
import { channelMaskTag } from './flac/channel-mask-tag.ts';

const folder = temporaryFolder();
const RATE = 48_000;

/** A WAV file with a channel mask. */
function extensibleWav(channels: readonly Float32Array[], mask: number): Buffer {
  const plain = makeWav(int16Bytes(channels), { channels: channels.length, sampleRate: RATE });
  const format = Buffer.alloc(40);
  plain.copy(format, 0, 20, 36);
  format.writeUInt16LE(0xfffe, 0);
  format.writeUInt16LE(22, 16);
  format.writeUInt16LE(16, 18);
  format.writeUInt32LE(mask, 20);
  format.writeUInt16LE(1, 24);
  Buffer.from('000000001000800000aa00389b71', 'hex').copy(format, 26);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(40);
  return Buffer.concat([plain.subarray(0, 16), size, format, plain.subarray(36)]);
}

/** Each place has a tone of its own, so that a channel tells where it belongs. */
const TONES: Partial<Record<Speaker, number>> = {
  ...{ FL: 400, FR: 600, FC: 800, LFE: 60, BL: 1000, BR: 1300, BC: 1600, SL: 2000, SR: 2500 },
};

function tones(speakers: readonly Speaker[]): Float32Array[] {
  return speakers.map((speaker) =>
    Float32Array.from({ length: RATE }, (_, i) => 0.25 * Math.sin((2 * Math.PI * TONES[speaker]! * i) / RATE)),
  );
}

/** The place whose tone is strongest in the middle of a channel. */
function placeOf(samples: Float32Array): string {
  const strengths = Object.entries(TONES).map(([speaker, hertz]) => {
    let re = 0;
    let im = 0;
    for (let i = RATE / 4; i < (3 * RATE) / 4; i++) {
      re += samples[i]! * Math.cos((2 * Math.PI * hertz * i) / RATE);
      im += samples[i]! * Math.sin((2 * Math.PI * hertz * i) / RATE);
    }
    return { speaker, strength: Math.hypot(re, im) };
  });
  return strengths.reduce((best, each) => (each.strength > best.strength ? each : best)).speaker;
}

describe('places of channels', () => {
  it('are the bits of a mask, the lowest first', () => {
    expect(speakersOfMask(0x60f, 6)).toEqual(['FL', 'FR', 'FC', 'LFE', 'SL', 'SR']);
    expect(speakersOfMask(0x10b, 4)).toEqual(['FL', 'FR', 'LFE', 'BC']);
    // Bits without a channel are left over; a channel without a bit has no place.
    expect(speakersOfMask(0x3f, 2)).toEqual(['FL', 'FR']);
    expect(speakersOfMask(0x3, 4)).toBeUndefined();
    expect(speakersOfMask(0, 1)).toBeUndefined();
  });

  it('are read from a WAV file, and not made up for one without a mask', async () => {
    const speakers = ['FL', 'FR', 'LFE', 'BC'] as const;
    const masked = await decodeFile(folder.put('masked.wav', extensibleWav(tones(speakers), 0x10b)));
    expect(masked.format.speakers).toEqual(speakers);
    expect(masked.clip.channels.map(placeOf)).toEqual(speakers);
    const plain = makeWav(int16Bytes(tones(speakers)), { channels: 4, sampleRate: RATE });
    expect((await decodeFile(folder.put('plain.wav', plain))).format).not.toHaveProperty('speakers');
    const stereo = extensibleWav(tones(['FL', 'FR']), 3);
    expect((await decodeFile(folder.put('stereo.wav', stereo))).format).not.toHaveProperty('speakers');
  });

  it('are read from the comments of a FLAC stream, however broken', () => {
    const field = (text: string) => {
      const size = Buffer.alloc(4);
      size.writeUInt32LE(text.length);
      return Buffer.concat([size, Buffer.from(text)]);
    };
    const comments = (...texts: string[]) => {
      const count = Buffer.alloc(4);
      count.writeUInt32LE(texts.length);
      return Buffer.concat([field('a writer'), count, ...texts.map(field)]);
    };
    const mask = 'waveformatextensible_channel_mask=0x060F';
    expect(channelMaskTag(comments('TITLE=x', mask))).toBe(0x60f);
    expect(channelMaskTag(comments('TITLE=x'))).toBeUndefined();
    expect(channelMaskTag(comments(`${mask}zz`))).toBeUndefined();
    const whole = comments('TITLE=x', mask);
    for (let length = 0; length < whole.length - 1; length++) {
      expect(channelMaskTag(whole.subarray(0, length))).not.toBe(0x60f);
    }
  });
});

describe.runIf(hasFfmpeg)('the order of channels as the user’s ffmpeg writes them', () => {
  const codecs: [codec: string, ending: string, args: string, counts: number[]][] = [
    ['WAV', 'wav', '-c:a pcm_s16le', [3, 4, 5, 6, 7, 8]],
    ['FLAC', 'flac', '-c:a flac -sample_fmt s16', [3, 4, 5, 6, 7, 8]],
    ['Vorbis', 'ogg', '-c:a libvorbis -q:a 4', [3, 4, 5, 6, 7, 8]],
    ['Opus', 'opus', '-c:a libopus -b:a 384k -mapping_family 1', [3, 4, 5, 6, 7, 8]],
    ['AAC, through ffmpeg', 'm4a', '-c:a aac -b:a 384k', [3, 5, 6]],
  ];
  const layouts = ['', 'mono', 'stereo', '3.0', 'quad', '5.0', '5.1', '6.1', '7.1'];

  it.each(codecs.flatMap(([codec, ending, args, counts]) => counts.map((n) => [codec, n, ending, args] as const)))(
    '%s with %i channels is in the order of WAVE files',
    async (_, channels, ending, args) => {
      const speakers = defaultSpeakers(channels);
      const path = join(folder.path, `tones-${channels}.${ending}`);
      const interleaved = new Float32Array(channels * RATE);
      tones(speakers).forEach((samples, channel) => {
        samples.forEach((value, i) => {
          interleaved[i * channels + channel] = value;
        });
      });
      // Layouts are told, as ffmpeg takes the sides for the back where a codec has only one of them.
      const input = ['-f', 'f32le', '-ar', `${RATE}`, '-channel_layout', layouts[channels]!, '-i', 'pipe:0'];
      const done = spawnSync((await findFfmpeg())!, ['-v', 'error', '-y', ...input, ...args.split(' '), path], {
        input: Buffer.from(interleaved.buffer),
      });
      expect(`${done.stderr}`).toBe('');
      const { clip, format } = await decodeFile(path);
      expect(clip.channels.map(placeOf)).toEqual(speakers);
      // Side and back are the same where there is only one pair: encoders change one for the other.
      const asBack = format.speakers!.map((name) => (channels < 7 ? name.replace(/^S/, 'B') : name));
      expect(asBack).toEqual(speakers);
    },
  );
});
