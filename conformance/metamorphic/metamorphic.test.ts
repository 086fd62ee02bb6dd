import { composeSong, DEMO_SONGS, type SectionSpec } from '@tutti/demo-songs';
import { type Clip, Kernels } from '@tutti/dsp';
import { findFfmpeg } from '@tutti/media';
import { analyseClip } from '@tutti/music/analysis';
import { describe, expect, it } from 'vitest';
import { CHANGES, leadIn } from './changes.ts';
import { compareAnalyses } from './compare.ts';
import { TOLERANCES } from './tolerance.ts';

const kernels = new Kernels();
const hasFfmpeg = (await findFfmpeg()) !== undefined;
if (!hasFfmpeg) process.stderr.write('MP3 at 128 kbit/s was not tried: no ffmpeg on PATH or in TUTTI_FFMPEG\n');

const SHORT: readonly SectionSpec[] = [
  { label: 'verse', bars: 8 },
  { label: 'chorus', bars: 8 },
];

/** A song of half a minute, soft enough for 3 dB more. */
function shortSong(title: string): Clip {
  const spec = DEMO_SONGS.find((song) => song.title === title)!;
  const { sampleRate, channels } = composeSong({ ...spec, arrangement: SHORT }).clip;
  return { sampleRate, channels: channels.map((samples) => samples.map((sample) => 0.65 * sample)) };
}

// The full set, over all demo songs or a corpus, is conformance/metamorphic/run.ts.
describe.each(['Glass Elevator', 'Three for Marie'])('"%s" sounds the same to the analysis', (title) => {
  const song = shortSong(title);
  const before = analyseClip(kernels, song);

  it.each(CHANGES.map((change) => [change.name, change] as const))('with %s', async (name, change) => {
    const changed = await change.apply(kernels, song);
    if (changed === null) {
      expect([name, hasFfmpeg]).toEqual(['MP3 at 128 kbit/s', false]);
      return;
    }
    expect(compareAnalyses(before, analyseClip(kernels, changed), TOLERANCES[name], change.laterSeconds)).toEqual({});
  });

  it.each([1, 219, 441, 3528, 30_000, 123_457])(
    'with %i samples of silence before: all is later by that',
    (silence) => {
      const later = silence / song.sampleRate;
      const { tempo, structure, key } = analyseClip(kernels, leadIn(song, silence));
      const seconds = (times: readonly (number | null)[]) => times.map((time) => expect.closeTo(time! + later, 4));
      expect(tempo.bpm).toBeCloseTo(before.tempo.bpm!, 4);
      expect(tempo.confidence).toBeCloseTo(before.tempo.confidence, 4);
      expect(tempo.beats).toEqual(seconds(before.tempo.beats));
      expect(tempo.downbeats).toEqual(seconds(before.tempo.downbeats));
      expect(structure.phrases).toEqual(seconds(before.structure.phrases));
      expect(structure.cues.map(({ time }) => time)).toEqual(seconds(before.structure.cues.map(({ time }) => time)));
      expect(structure.sections.slice(1).map(({ start }) => start)).toEqual(
        seconds(before.structure.sections.slice(1).map(({ start }) => start)),
      );
      expect(key).toMatchObject({ tonic: before.key.tonic, mode: before.key.mode });
    },
  );

  it('but not when it is another song: the comparison can fail', () => {
    const faster = { ...song, sampleRate: Math.round(1.06 * song.sampleRate) };
    const louder = { ...song, channels: song.channels.map((samples) => samples.map((sample) => 1.1 * sample)) };
    const tolerance = TOLERANCES['resampled to 48 kHz'];
    const broken = compareAnalyses(before, analyseClip(kernels, faster), tolerance, 0);
    expect(Object.keys(broken)).toEqual(expect.arrayContaining(['tempo', 'beats', 'downbeats', 'key']));
    expect(compareAnalyses(before, analyseClip(kernels, louder), tolerance, 0)).toMatchObject({
      loudness: expect.stringMatching(/LUFS/),
    });
  });
});
