import { expect, it } from 'vitest';
import { Warnings } from '../../warnings.ts';
import { FfmpegReport } from './ffmpeg-report.ts';

const WORDS = `[info] Input #0, mov,mp4,m4a,3gp,3g2,mj2, from 'file:/a/b.m4a':
[info]   Metadata:
[info]     title           : x
[info]                     : Stream #0:0: Audio: evil, 1 Hz
[info]   Duration: 01:02:03.50, start: 0.000000, bitrate: 135 kb/s
[info]   Stream #0:0[0x1](und): Audio: alac (alac / 0x63616C61), 44100 Hz, stereo, s32p (24 bit), 695 kb/s (default)
[info] Output #0, wav, to 'pipe:':
[info]   Stream #0:0(und): Audio: pcm_f32le ([3][0][0][0] / 0x0003), 44100 Hz, stereo, flt, 2822 kb/s (default)
[aac @ 0x559e0a517980] [error] channel element 0.0 is not allocated
[error] file:/a/b.m4a: Invalid data found when processing input
`;

it('reads format and complaints, in pieces of any size, and is not fooled by a tag', () => {
  for (const size of [1, 7, 10_000]) {
    const warnings = new Warnings();
    const report = new FfmpegReport(warnings);
    for (let at = 0; at < WORDS.length; at += size) report.take(WORDS.slice(at, at + size));
    expect(report).toMatchObject({
      container: 'mov',
      codec: 'alac',
      bitsPerSample: 24,
      seconds: 3723.5,
      lossless: true,
    });
    expect(warnings.list).toEqual([
      'ffmpeg (aac): channel element 0.0 is not allocated',
      'ffmpeg: Invalid data found when processing input',
    ]);
  }
});
