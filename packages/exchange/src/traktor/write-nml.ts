import { openKeyOf } from '@tutti/music/theory';
import type {
  Colour,
  CueKind,
  DjCollection,
  DjCue,
  DjPlaylist,
  DjTrack,
  GridMark,
} from '../collection/dj-collection.ts';
import { type PlaylistFolder, playlistTree } from '../collection/playlist-tree.ts';
import { placeOf } from '../paths/file-place.ts';
import { element, type XmlLines, xmlDocument } from '../xml/element.ts';
import { musicalKeyOf } from './musical-key.ts';
import { type NmlLocation, nmlLocationOf, primaryKey } from './nml-location.ts';

/** CUE_V2 TYPE. */
export const CUE_TYPES: Readonly<Record<CueKind, string>> = {
  cue: '0',
  'fade-in': '1',
  'fade-out': '2',
  load: '3',
  loop: '5',
};
export const GRID_TYPE = '4';
/** Of the folder that holds all playlists. */
const ROOT_FOLDER = '$ROOT';

export interface NmlOptions {
  /** Name of the Mac's start volume, `USUAL_START_VOLUME` unless it was renamed; drives of Windows do not need it. */
  readonly startVolume: string;
  /** What Traktor knows a playlist by: 32 hexadecimal digits, the same for the same list. */
  readonly uuidOf: (list: DjPlaylist) => string;
}

/**
 * A collection as Traktor imports it ("Import Another Collection", or a playlist file dropped on a folder of playlists).
 * Each mark of a grid is a CUE_V2 of TYPE 4 with its tempo in a GRID element; Traktor has flexible grids from version 4 on,
 * earlier ones have one mark. The meter is not told: Traktor counts in four from each mark.
 * Native Instruments publishes no description of the format.
 * Source: what open programs read and write: Mixxx, src/library/traktor (LOCATION, TEMPO, playlists); traktor-nml-utils,
 * collection.xsd derived from real collections (order and types of elements); ErikMinekus/traktor-scripts (types of cues);
 * GRID and COLOR as in collections of Traktor 3 and 4 shown in public programs that read them.
 * @throws ExchangeError 'unsupported' for a file whose place the format cannot name
 */
export function writeNml({ tracks, playlists }: DjCollection, options: NmlOptions): string {
  const locations = tracks.map(({ path }) => nmlLocationOf(placeOf(path), options.startVolume));
  return xmlDocument(
    element('NML', { VERSION: '19' }, [
      ...element('HEAD', { COMPANY: 'www.native-instruments.com', PROGRAM: 'Traktor' }),
      ...element('MUSICFOLDERS', {}),
      ...element(
        'COLLECTION',
        { ENTRIES: tracks.length },
        tracks.flatMap((track, index) => entry(track, locations[index]!)),
      ),
      ...element('SETS', { ENTRIES: 0 }),
      ...element('PLAYLISTS', {}, folderNode(playlistTree(playlists, ROOT_FOLDER), locations, options)),
      ...element('INDEXING', {}),
    ]),
  );
}

function entry(track: DjTrack, { volume, folder, file }: NmlLocation): XmlLines {
  const { title, artist, album, seconds, key } = track;
  const bpm = track.grid[0]?.bpm ?? track.bpm;
  return element('ENTRY', { TITLE: title, ARTIST: artist }, [
    ...element('LOCATION', { DIR: folder, FILE: file, VOLUME: volume, VOLUMEID: volume }),
    ...(album === null ? [] : element('ALBUM', { TITLE: album })),
    ...element('MODIFICATION_INFO', { AUTHOR_TYPE: 'user' }),
    ...element('INFO', {
      KEY: key === null ? null : openKeyOf(key),
      PLAYTIME: seconds === null ? null : Math.round(seconds),
      PLAYTIME_FLOAT: seconds === null ? null : seconds.toFixed(6),
    }),
    ...(bpm === null ? [] : element('TEMPO', { BPM: bpm.toFixed(6), BPM_QUALITY: '100.000000' })),
    ...(key === null ? [] : element('MUSICAL_KEY', { VALUE: musicalKeyOf(key) })),
    ...marks(track),
  ]);
}

/** Grid and cues in the order of time, as Traktor has them; at one moment the grid comes first. */
function marks({ grid, cues }: DjTrack): XmlLines {
  return [
    ...grid.map((mark) => ({ at: mark.seconds, lines: gridMark(mark) })),
    ...cues.map((cue) => ({ at: cue.seconds, lines: cueMark(cue) })),
  ]
    .sort((a, b) => a.at - b.at)
    .flatMap(({ lines }) => lines);
}

function gridMark({ seconds, bpm }: GridMark): XmlLines {
  const attributes = cueAttributes({ name: 'AutoGrid', type: GRID_TYPE, seconds, length: 0, pad: null });
  return element('CUE_V2', attributes, element('GRID', { BPM: bpm.toFixed(6) }));
}

function cueMark({ kind, name, seconds, endSeconds, pad, colour }: DjCue): XmlLines {
  const length = endSeconds === null ? 0 : endSeconds - seconds;
  return element('CUE_V2', {
    ...cueAttributes({ name, type: CUE_TYPES[kind], seconds, length, pad }),
    COLOR: colour === null ? null : hexColour(colour),
  });
}

function cueAttributes(cue: { name: string; type: string; seconds: number; length: number; pad: number | null }) {
  return {
    NAME: cue.name,
    DISPL_ORDER: 0,
    TYPE: cue.type,
    START: (1000 * cue.seconds).toFixed(6),
    LEN: (1000 * cue.length).toFixed(6),
    REPEATS: -1,
    HOTCUE: cue.pad ?? -1,
  };
}

function hexColour({ red, green, blue }: Colour): string {
  return `#${[red, green, blue].map((value) => value.toString(16).padStart(2, '0').toUpperCase()).join('')}`;
}

function folderNode(folder: PlaylistFolder, locations: readonly NmlLocation[], options: NmlOptions): XmlLines {
  const { name, folders, playlists } = folder;
  return element('NODE', { TYPE: 'FOLDER', NAME: name }, [
    ...element('SUBNODES', { COUNT: folders.length + playlists.length }, [
      ...folders.flatMap((below) => folderNode(below, locations, options)),
      ...playlists.flatMap((list) => playlistNode(list, locations, options)),
    ]),
  ]);
}

function playlistNode(list: DjPlaylist, locations: readonly NmlLocation[], { uuidOf }: NmlOptions): XmlLines {
  const entries = list.tracks.flatMap((index) =>
    element('ENTRY', {}, element('PRIMARYKEY', { TYPE: 'TRACK', KEY: primaryKey(locations[index]!) })),
  );
  return element(
    'NODE',
    { TYPE: 'PLAYLIST', NAME: list.name },
    element('PLAYLIST', { ENTRIES: list.tracks.length, TYPE: 'LIST', UUID: uuidOf(list) }, entries),
  );
}
