import { ALL_KEYS, openKeyOf } from '@tutti/music/theory';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DjCollection } from '../collection/dj-collection.ts';
import { anyCollection } from '../testing/any-collection.ts';
import { expectSameCollection } from '../testing/same-collection.ts';
import { readNml } from './read-nml.ts';
import { writeNml } from './write-nml.ts';

const VOLUME = 'Macintosh HD';
const OPTIONS = { startVolume: VOLUME, uuidOf: () => '0123456789abcdef0123456789abcdef' };

const SMALL: DjCollection = {
  tracks: [
    {
      path: 'C:\\Music\\AT&T\\a b.mp3',
      title: 'AT&T <live>',
      artist: 'Björk',
      album: 'A',
      seconds: 200.6,
      sampleRate: 44_100,
      bpm: 127.984,
      key: { tonic: 'A', mode: 'minor' },
      grid: [
        { seconds: 0.0254, bpm: 128, meter: 4, beat: 1 },
        { seconds: 60.25, bpm: 127.9375, meter: 4, beat: 1 },
      ],
      cues: [
        { kind: 'loop', name: '', seconds: 60, endSeconds: 64, pad: null, colour: null },
        { kind: 'cue', name: 'drop', seconds: 30.5, endSeconds: null, pad: 0, colour: { red: 1, green: 2, blue: 255 } },
      ],
    },
  ],
  playlists: [{ folders: [], name: 'Friday', tracks: [0] }],
};

describe('Traktor NML', () => {
  it('is written as open programs read and write it', () => {
    expect(writeNml(SMALL, OPTIONS)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<NML VERSION="19">
<HEAD COMPANY="www.native-instruments.com" PROGRAM="Traktor"/>
<MUSICFOLDERS/>
<COLLECTION ENTRIES="1">
<ENTRY TITLE="AT&amp;T &lt;live&gt;" ARTIST="Björk">
<LOCATION DIR="/:Music/:AT&amp;T/:" FILE="a b.mp3" VOLUME="C:" VOLUMEID="C:"/>
<ALBUM TITLE="A"/>
<MODIFICATION_INFO AUTHOR_TYPE="user"/>
<INFO KEY="1m" PLAYTIME="201" PLAYTIME_FLOAT="200.600000"/>
<TEMPO BPM="128.000000" BPM_QUALITY="100.000000"/>
<MUSICAL_KEY VALUE="21"/>
<CUE_V2 NAME="AutoGrid" DISPL_ORDER="0" TYPE="4" START="25.400000" LEN="0.000000" REPEATS="-1" HOTCUE="-1">
<GRID BPM="128.000000"/>
</CUE_V2>
<CUE_V2 NAME="drop" DISPL_ORDER="0" TYPE="0" START="30500.000000" LEN="0.000000" REPEATS="-1" HOTCUE="0" COLOR="#0102FF"/>
<CUE_V2 NAME="" DISPL_ORDER="0" TYPE="5" START="60000.000000" LEN="4000.000000" REPEATS="-1" HOTCUE="-1"/>
<CUE_V2 NAME="AutoGrid" DISPL_ORDER="0" TYPE="4" START="60250.000000" LEN="0.000000" REPEATS="-1" HOTCUE="-1">
<GRID BPM="127.937500"/>
</CUE_V2>
</ENTRY>
</COLLECTION>
<SETS ENTRIES="0"/>
<PLAYLISTS>
<NODE TYPE="FOLDER" NAME="$ROOT">
<SUBNODES COUNT="1">
<NODE TYPE="PLAYLIST" NAME="Friday">
<PLAYLIST ENTRIES="1" TYPE="LIST" UUID="0123456789abcdef0123456789abcdef">
<ENTRY>
<PRIMARYKEY TYPE="TRACK" KEY="C:/:Music/:AT&amp;T/:a b.mp3"/>
</ENTRY>
</PLAYLIST>
</NODE>
</SUBNODES>
</NODE>
</PLAYLISTS>
<INDEXING/>
</NML>
`);
  });

  it('comes back as it was written: names exactly, every beat and cue within a millisecond', () => {
    fc.assert(
      fc.property(anyCollection([4]), (written) => {
        const { collection, remarks } = readNml(writeNml(written, OPTIONS), VOLUME);
        expect(remarks).toEqual([]);
        expectSameCollection(collection, written, true);
      }),
    );
  });

  it.each([
    ['/Users/dj/a.mp3', VOLUME, '/:Users/:dj/:', 'a.mp3'],
    ['/Volumes/My USB/Techno: live/a.mp3', 'My USB', '/:Techno: live/:', 'a.mp3'],
    ['/a.mp3', VOLUME, '/:', 'a.mp3'],
    ['D:\\a.mp3', 'D:', '/:', 'a.mp3'],
  ])('has %s on the volume %s', (path, volume, folder, file) => {
    const text = writeNml({ tracks: [{ ...SMALL.tracks[0]!, path }], playlists: [] }, OPTIONS);
    expect(text).toContain(`<LOCATION DIR="${folder}" FILE="${file}" VOLUME="${volume}" VOLUMEID="${volume}"/>`);
    expect(readNml(text, VOLUME).collection.tracks[0]!.path).toBe(path);
  });

  it.each([
    ['\\\\nas\\music\\a.mp3', /network share/],
    ['/music/bell\u0007.mp3', /control characters/],
  ])('cannot name %j', (path, reason) => {
    expect(() => writeNml({ tracks: [{ ...SMALL.tracks[0]!, path }], playlists: [] }, OPTIONS)).toThrow(reason);
  });

  it('has a number for each key', () => {
    const tracks = ALL_KEYS.map((key) => ({ ...SMALL.tracks[0]!, key }));
    const text = writeNml({ tracks, playlists: [] }, OPTIONS);
    const values = [...text.matchAll(/MUSICAL_KEY VALUE="(\d+)"/g)].map(([, value]) => Number(value));
    expect([...values].sort((a, b) => a - b)).toEqual(Array.from({ length: 24 }, (_, i) => i));
    // As seen in collections of Traktor: 21 with the key text 1m, 22 with 8m... of their tracks.
    expect(values[ALL_KEYS.findIndex((key) => openKeyOf(key) === '1m')]).toBe(21);
    expect(values[ALL_KEYS.findIndex((key) => openKeyOf(key) === '8m')]).toBe(22);
    expect(readNml(text, VOLUME).collection.tracks.map(({ key }) => key)).toEqual(ALL_KEYS);
  });

  it('of Traktor 2 has its tempo beside the mark of the grid', () => {
    const { collection } = readNml(
      `<NML><COLLECTION><ENTRY TITLE="a"><LOCATION DIR="/:" FILE="a.mp3" VOLUME="D:"/><TEMPO BPM="174.5"/>
      <CUE_V2 NAME="AutoGrid" TYPE="4" START="12.5" HOTCUE="0"></CUE_V2></ENTRY></COLLECTION></NML>`,
      VOLUME,
    );
    expect(collection.tracks[0]).toMatchObject({
      grid: [{ seconds: 0.0125, bpm: 174.5, meter: 4, beat: 1 }],
      cues: [],
    });
  });

  it('leaves out what is damaged and says where', () => {
    const { collection, remarks } = readNml(
      `<NML><COLLECTION><ENTRY TITLE="nowhere"/>
      <ENTRY TITLE="up"><LOCATION DIR="/:a/:../:" FILE="a.mp3" VOLUME="C:"/></ENTRY>
      <ENTRY TITLE="sly"><LOCATION DIR="/:a/:" FILE="..\\..\\a.mp3" VOLUME="C:"/></ENTRY>
      <ENTRY TITLE="good"><LOCATION DIR="/:a/:" FILE="a.mp3" VOLUME="C:"/><MUSICAL_KEY VALUE="99"/><TEMPO BPM="-1"/>
      <CUE_V2 TYPE="7" START="1"/><CUE_V2 TYPE="0" START="x"/></ENTRY></COLLECTION>
      <PLAYLISTS><NODE TYPE="FOLDER" NAME="$ROOT"><SUBNODES><NODE TYPE="PLAYLIST" NAME="L"><PLAYLIST>
      <ENTRY><PRIMARYKEY KEY="C:/:a/:a.mp3"/></ENTRY><ENTRY><PRIMARYKEY KEY="C:/:b.mp3"/></ENTRY></PLAYLIST></NODE></SUBNODES></NODE></PLAYLISTS></NML>`,
      VOLUME,
    );
    expect(collection.tracks).toMatchObject([{ title: 'good', key: null, bpm: null, cues: [] }]);
    expect(collection.playlists).toEqual([{ folders: [], name: 'L', tracks: [0] }]);
    expect(remarks).toHaveLength(6);
    expect(remarks.join('\n')).toMatch(/nowhere.*up.*sly.*good: a CUE_V2.*C:\/:b\.mp3/s);
  });
});
