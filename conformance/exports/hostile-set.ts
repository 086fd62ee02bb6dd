import type { DjCollection, DjTrack } from '@tutti/exchange';

/** Names that readers of lists, URIs and XML trip over, and that files can have. */
export const HOSTILE_NAMES = [
  ...[
    'AT&T <live> "mix" \'07',
    '100% #1?',
    'été: a\\b',
    'e\u0301te\u0301',
    '音楽 🎵',
    ' lead and trail ',
    '&amp;',
    '%41',
    'C:',
  ],
  ...["it's [x] {y}", 'a+b=c;d,e~f', '#EXTM3U', '-', '..x', ']]>', 'x'.repeat(200)],
] as const;

/** A collection of tracks with such names, with grids that change, cues of all kinds and colours, folders of playlists. */
export function hostileSet(folder: string, ending: string): DjCollection {
  const tracks = HOSTILE_NAMES.map((name, i): DjTrack => {
    const cue = {
      name: `${name} & co`,
      endSeconds: null,
      pad: i % 8,
      colour: { red: 0, green: 16 * (i % 16), blue: 255 },
    };
    return {
      ...{
        path: `${folder}/${name}${ending}`,
        title: name,
        artist: i % 3 ? `${name} <x>` : null,
        album: i % 2 ? name : null,
      },
      ...{ seconds: 200.6, sampleRate: 44_100, bpm: 127.984, key: i % 4 ? { tonic: 'F#', mode: 'minor' } : null },
      grid: [
        { seconds: 0.0254, bpm: 128, meter: 4, beat: 1 },
        { seconds: 60.2, bpm: 127.9375, meter: 4, beat: 1 },
      ],
      cues: [
        { ...cue, kind: 'cue', seconds: 3 },
        { ...cue, kind: 'fade-in', seconds: 0, pad: null, colour: null },
        { ...cue, kind: 'loop', seconds: 8, endSeconds: 10.5 },
      ],
    };
  });
  const all = tracks.map((_, i) => i);
  const playlists = HOSTILE_NAMES.map((name, i) => ({
    folders: i % 2 ? [name, 'sets & co'] : [],
    name,
    tracks: all.slice(0, i),
  }));
  return { tracks, playlists };
}
