import { placeOf, readM3u8, readNml, readRekordbox } from '@tutti/exchange';
import { describe, expect, it } from 'vitest';
import { analysisLine, plannedMix, plannedTrack } from '../testing/small-set.ts';
import { EXPORT_FORMATS, type ExportFormat } from './export-formats.ts';
import { type ExportOptions, prepareExport } from './prepare-export.ts';

const FORMATS = Object.keys(EXPORT_FORMATS) as ExportFormat[];
const PATHS = ['/music/AT&T "live".mp3', '/music/été: <x>/音 🎵.flac', '/music/c.wav'];
const OPTIONS: ExportOptions = {
  ...{ formats: FORMATS, folder: '/sets', name: 'Friday & co', mix: '/sets/Friday.flac', relative: false },
  ...{ relocations: [], startVolume: 'Macintosh HD', version: '0' },
};
const LINES = PATHS.map(analysisLine);

/** The text of a format. */
function exported(
  format: ExportFormat,
  options: Partial<ExportOptions> = {},
  plan = plannedMix(PATHS),
  lines = LINES,
): string {
  return prepareExport(plan, lines, { ...OPTIONS, ...options, formats: [format] })[0]!.text;
}

describe('a set exported', () => {
  it('has a file for each format, named after it', () => {
    const files = prepareExport(plannedMix(PATHS), LINES, OPTIONS);
    expect(files.map(({ path }) => path)).toEqual([
      ...['/sets/Friday & co.rekordbox.xml', '/sets/Friday & co.nml', '/sets/Friday & co.m3u8'],
      ...['/sets/Friday & co.cue', '/sets/Friday & co.tracklist.txt', '/sets/Friday & co.chapters.txt'],
    ]);
    expect(prepareExport(plannedMix(PATHS), LINES, OPTIONS)).toEqual(files);
  });

  it.each(['rekordbox', 'nml'] as const)(
    'to %s has grids, keys and cues as they were heard and are mixed',
    (format) => {
      const text = exported(format);
      const { collection, remarks } = format === 'nml' ? readNml(text, 'Macintosh HD') : readRekordbox(text);
      expect(remarks).toEqual([]);
      expect(collection.playlists).toEqual([{ folders: [], name: 'Friday & co', tracks: [0, 1, 2] }]);
      expect(collection.tracks.map(({ path }) => path)).toEqual(PATHS);
      const [track, , last] = collection.tracks;
      expect(track).toMatchObject({
        ...{ title: 'T & T', artist: 'Björk', seconds: 60, bpm: 120, key: { tonic: 'A', mode: 'minor' } },
        grid: [{ seconds: 0.25, bpm: 120, meter: 4, beat: 1 }],
      });
      const cues = track!.cues.map(({ name, seconds, pad }) => [name, seconds, pad]).sort();
      expect(cues).toEqual([
        ['drop', 16.25, 1],
        ['mix in', 0.25, 0],
        ['set: in', 1, null],
        ['set: next track in', 41, null],
        ['set: out', 51, null],
      ]);
      expect(last!.cues.map(({ name }) => name)).not.toContain('set: next track in');
    },
  );

  it('has a file once that it plays twice, with the cues of both times', () => {
    const { collection } = readRekordbox(exported('rekordbox', {}, plannedMix([PATHS[0]!, PATHS[1]!, PATHS[0]!])));
    expect(collection.tracks).toHaveLength(2);
    expect(collection.playlists[0]!.tracks).toEqual([0, 1, 0]);
    expect(collection.tracks[0]!.cues.filter(({ name }) => name === 'set: in')).toHaveLength(2);
  });

  it('is in the order in which it is heard, whatever the order in the plan', () => {
    const plan = { ...plannedMix(PATHS), tracks: [plannedTrack('/b.mp3', 40), plannedTrack('/a.mp3', 0)] };
    expect(exported('m3u8', {}, plan).match(/^\/.*$/gm)).toEqual(['/a.mp3', '/b.mp3']);
  });

  it('is on the paths of the system that reads', () => {
    const relocations = [{ from: placeOf('/music'), to: placeOf('M:\\My Music') }];
    expect(exported('m3u8', { relocations })).toContain('M:\\My Music\\été: <x>\\音 🎵.flac\n');
    expect(readRekordbox(exported('rekordbox', { relocations })).collection.tracks[2]!.path).toBe(
      'M:\\My Music\\c.wav',
    );
    expect(exported('nml', { relocations })).toContain('DIR="/:My Music/:" FILE="c.wav" VOLUME="M:"');
    const read = readM3u8(exported('m3u8', { relative: true }), placeOf('/elsewhere'));
    expect(read.entries.map(({ path }) => path)).toEqual(PATHS);
    expect(exported('m3u8', { relative: true })).toContain('\n../music/c.wav\n');
  });

  it('tells when each track takes over: in the middle of the time that two are heard', () => {
    expect(exported('tracklist')).toMatch(/^Friday & co\n\n1\. 0:00 {2}Björk - T & T\n2\. 0:45 .*\n3\. 1:25 /);
    expect(exported('chapters')).toBe('0:00 Björk - T & T\n0:45 Björk - T & T\n1:25 Björk - T & T\n');
    expect(exported('cue')).toMatch(
      /^TITLE "Friday & co"\nFILE "Friday\.flac" WAVE\n.*TITLE "T & T"\n {4}PERFORMER "Björk"\n.*INDEX 01 00:45:00/s,
    );
  });

  it('needs no analysis for what people and players read, and has the names of the plan then', () => {
    const titles = PATHS.map((path) => `title of ${path}`);
    for (const format of ['m3u8', 'tracklist', 'chapters'] as const) {
      const text = exported(format, {}, plannedMix(PATHS), []);
      for (const title of titles) expect(text).toContain(format === 'chapters' ? title.replace('<x>', '‹x›') : title);
    }
  });

  it('says which tracks have no analysis, and what is missing of one', () => {
    const missing = () => exported('nml', {}, plannedMix(PATHS), LINES.slice(1, 2));
    expect(missing).toThrow(expect.objectContaining({ kind: 'missing' }));
    expect(missing).toThrow(/no analysis has the sound of \/music\/AT&T "live"\.mp3, \/music\/c\.wav: .*audioHash/);
    const { structure: _, tempo: __, ...rest } = LINES[0]!;
    expect(() => exported('rekordbox', {}, plannedMix(PATHS.slice(0, 1)), [rest])).toThrow(
      /live"\.mp3 has no tempo and no structure: .*--only/,
    );
    expect(() => exported('cue', { mix: null })).toThrow(/rendered mix/);
  });

  it('has no grid where there is none', () => {
    const silent = {
      bpm: null,
      confidence: 0,
      kind: 'none',
      candidates: [],
      beats: [],
      downbeats: [],
      meter: null,
    } as const;
    const key = { ...LINES[0]!.key!, tonic: null, mode: null, camelot: null, openKey: null };
    const lines = [{ ...LINES[0]!, tempo: silent, key }];
    const plan = plannedMix(PATHS.slice(0, 1));
    for (const text of [exported('rekordbox', {}, plan, lines), exported('nml', {}, plan, lines)]) {
      expect(text).not.toMatch(/<TEMPO|MUSICAL_KEY|TYPE="4"/);
    }
  });
});
