import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DjCollection } from '../collection/dj-collection.ts';
import { anyCollection, beatsOf } from '../testing/any-collection.ts';
import { expectSameCollection } from '../testing/same-collection.ts';
import { readRekordbox } from './read-rekordbox.ts';
import { writeRekordbox } from './write-rekordbox.ts';

const SMALL: DjCollection = {
  tracks: [
    {
      path: '/Users/dj/Müsic/AT&T "live".mp3',
      title: 'AT&T <live>',
      artist: 'Björk',
      album: null,
      seconds: 200.6,
      sampleRate: 44_100,
      bpm: 127.984,
      key: { tonic: 'F#', mode: 'minor' },
      grid: [
        { seconds: 0.0254, bpm: 128, meter: 4, beat: 1 },
        { seconds: 60.2, bpm: 127.9375, meter: 4, beat: 3 },
      ],
      cues: [
        { kind: 'cue', name: 'drop', seconds: 30.5, endSeconds: null, pad: 0, colour: { red: 1, green: 2, blue: 3 } },
        { kind: 'loop', name: '', seconds: 60, endSeconds: 64, pad: null, colour: null },
      ],
    },
  ],
  playlists: [{ folders: ['Sets'], name: 'Friday', tracks: [0, 0] }],
};

describe('rekordbox XML', () => {
  it('is written as the list of the format says', () => {
    expect(writeRekordbox(SMALL, '1.2.3')).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<DJ_PLAYLISTS Version="1.0.0">
<PRODUCT Name="Tutti" Version="1.2.3" Company=""/>
<COLLECTION Entries="1">
<TRACK TrackID="1" Name="AT&amp;T &lt;live&gt;" Artist="Björk" Album="" TotalTime="201" AverageBpm="127.98" SampleRate="44100" Location="file://localhost/Users/dj/M%C3%BCsic/AT%26T%20%22live%22.mp3" Tonality="F#m">
<TEMPO Inizio="0.025" Bpm="128.00" Metro="4/4" Battito="1"/>
<TEMPO Inizio="60.200" Bpm="127.9375" Metro="4/4" Battito="3"/>
<POSITION_MARK Name="drop" Type="0" Start="30.500" Num="0" Red="1" Green="2" Blue="3"/>
<POSITION_MARK Name="" Type="4" Start="60.000" End="64.000" Num="-1"/>
</TRACK>
</COLLECTION>
<PLAYLISTS>
<NODE Type="0" Name="ROOT" Count="1">
<NODE Type="0" Name="Sets" Count="1">
<NODE Type="1" Name="Friday" KeyType="0" Entries="2">
<TRACK Key="1"/>
<TRACK Key="1"/>
</NODE>
</NODE>
</NODE>
</PLAYLISTS>
</DJ_PLAYLISTS>
`);
  });

  it('comes back as it was written: names exactly, every beat and cue within a millisecond', () => {
    fc.assert(
      fc.property(anyCollection([3, 4, 7]), (written) => {
        const { collection, remarks } = readRekordbox(writeRekordbox(written, '0'));
        expect(remarks).toEqual([]);
        expectSameCollection(collection, written, false);
        written.tracks.forEach((track, i) => {
          const read = collection.tracks[i]!;
          expect(read.sampleRate).toBe(track.sampleRate);
          expect(read.grid.map(({ meter, beat }) => [meter, beat])).toEqual(
            track.grid.map(({ meter, beat }) => [meter, beat]),
          );
          expect(beatsOf(read.grid)).toHaveLength(beatsOf(track.grid).length);
        });
      }),
    );
  });

  it('is read as rekordbox writes it: playlists by location, colours, a track without anything', () => {
    const { collection, remarks } = readRekordbox(`<?xml version="1.0" encoding="UTF-8"?>
      <DJ_PLAYLISTS Version="1.0.0">
        <PRODUCT Name="rekordbox" Version="6.7.4" Company="AlphaTheta"/>
        <COLLECTION Entries="2">
          <TRACK TrackID="352" Name="&#226;me" Artist="A" Kind="MP3 File" TotalTime="472" AverageBpm="128.00" Rating="153"
            Location="file://localhost/C:/M%c3%basica/a.mp3" Tonality="1A" Colour="0xFFFF00">
            <TEMPO Inizio="0.281" Bpm="128.00" Metro="4/4" Battito="3"/>
            <POSITION_MARK Name="" Type="0" Start="15.280" Num="1" Red="40" Green="226" Blue="20"/>
          </TRACK>
          <TRACK TrackID="2" Name="" Location="file://localhost/V/22.%20%E7%9B%BE.flac" AverageBpm="0.00" Tonality=""/>
        </COLLECTION>
        <PLAYLISTS><NODE Type="0" Name="ROOT" Count="1"><NODE Name="L" Type="1" KeyType="1" Entries="1">
          <TRACK Key="file://localhost/V/22.%20%E7%9B%BE.flac"/></NODE></NODE></PLAYLISTS>
      </DJ_PLAYLISTS>`);
    expect(remarks).toEqual([]);
    expect(collection).toEqual({
      tracks: [
        expect.objectContaining({
          ...{ path: 'C:\\Música\\a.mp3', title: 'âme', artist: 'A', album: null, seconds: 472, bpm: 128 },
          key: { tonic: 'Ab', mode: 'minor' },
          grid: [{ seconds: 0.281, bpm: 128, meter: 4, beat: 3 }],
          cues: [expect.objectContaining({ pad: 1, colour: { red: 40, green: 226, blue: 20 } })],
        }),
        expect.objectContaining({ path: '/V/22. 盾.flac', title: '', bpm: null, key: null, grid: [], cues: [] }),
      ],
      playlists: [{ folders: [], name: 'L', tracks: [1] }],
    });
  });

  it('leaves out what is damaged and says where', () => {
    const { collection, remarks } = readRekordbox(`<DJ_PLAYLISTS><COLLECTION>
      <TRACK TrackID="1" Name="nowhere"/>
      <TRACK TrackID="2" Name="web" Location="https://example.org/a.mp3"/>
      <TRACK TrackID="3" Name="good" Location="file://localhost/a.mp3">
        <TEMPO Inizio="NaN" Bpm="128"/><TEMPO Inizio="1" Bpm="1e300"/><TEMPO Inizio="2" Bpm="120" Metro="0/0"/>
        <POSITION_MARK Type="9" Start="1"/><POSITION_MARK Type="4" Start="1" Num="-1"/><POSITION_MARK Type="0" Start="Infinity"/>
      </TRACK>
      <TRACK TrackID="3" Name="twin" Location="file://localhost/b.mp3"/></COLLECTION>
      <PLAYLISTS><NODE Type="0" Name="ROOT"><NODE Type="1" Name="L"><TRACK Key="3"/><TRACK Key="9"/></NODE><NODE Name="?"/></NODE></PLAYLISTS>
      </DJ_PLAYLISTS>`);
    expect(collection.tracks.map(({ title, grid, cues }) => [title, grid, cues])).toEqual([
      ['good', [], []],
      ['twin', [], []],
    ]);
    expect(collection.playlists).toEqual([{ folders: [], name: 'L', tracks: [0] }]);
    expect(remarks).toHaveLength(11);
    expect(remarks.join('\n')).toMatch(
      /nowhere.*https:\/\/example.*TEMPO at NaN.*POSITION_MARK.*TrackID 3.*track 9.*"\?"/s,
    );
  });

  it('cannot name a share', () => {
    const tracks = [{ ...SMALL.tracks[0]!, path: '\\\\nas\\music\\a.mp3' }];
    expect(() => writeRekordbox({ tracks, playlists: [] }, '0')).toThrow(
      /\\\\nas\\music\\a\.mp3 is on a network share/,
    );
  });
});
