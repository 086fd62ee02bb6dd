import { BYTE, FLOAT, type FormatRules, INT, SHORT, TEXT } from './element-rules.ts';

const CUE = { NAME: TEXT, DISPL_ORDER: BYTE, TYPE: /^[0-5]$/, START: FLOAT, LEN: FLOAT, REPEATS: BYTE, HOTCUE: BYTE };

/**
 * Elements, their order, attributes and types of an NML.
 * Source: collection.xsd of traktor-nml-utils (github.com/wolkenarchitekt/traktor-nml-utils), derived from collections that
 * Traktor wrote; Native Instruments has published none. Beyond it, as collections of Traktor 3 and 4 have them: GRID in CUE_V2
 * and its COLOR.
 */
export const NML_RULES: FormatRules = {
  NML: {
    attributes: { VERSION: BYTE },
    required: ['VERSION'],
    children: ['HEAD', 'MUSICFOLDERS', 'COLLECTION', 'SETS', 'PLAYLISTS', 'INDEXING', 'SORTING_ORDER'],
  },
  HEAD: { attributes: { COMPANY: TEXT, PROGRAM: TEXT }, required: ['COMPANY', 'PROGRAM'] },
  MUSICFOLDERS: { attributes: {} },
  COLLECTION: { attributes: { ENTRIES: INT }, required: ['ENTRIES'], children: ['ENTRY'], counts: 'ENTRIES' },
  'COLLECTION/ENTRY': {
    attributes: { MODIFIED_DATE: TEXT, MODIFIED_TIME: INT, AUDIO_ID: TEXT, LOCK: BYTE, TITLE: TEXT, ARTIST: TEXT },
    children: [
      ...['LOCATION', 'ALBUM', 'MODIFICATION_INFO', 'INFO', 'TEMPO', 'LOUDNESS', 'MUSICAL_KEY', 'LOOPINFO', 'CUE_V2'],
    ],
  },
  LOCATION: {
    attributes: { DIR: /^\/:([^/]+\/:)*$/, FILE: /^[^/]+$/, VOLUME: TEXT, VOLUMEID: TEXT },
    required: ['DIR', 'FILE', 'VOLUME'],
  },
  ALBUM: { attributes: { TRACK: SHORT, TITLE: TEXT, OF_TRACKS: BYTE } },
  MODIFICATION_INFO: { attributes: { AUTHOR_TYPE: TEXT } },
  INFO: {
    attributes: {
      ...{ BITRATE: INT, GENRE: TEXT, COMMENT: TEXT, KEY: TEXT, PLAYTIME: SHORT, PLAYTIME_FLOAT: FLOAT, FLAGS: BYTE },
      ...{ IMPORT_DATE: TEXT, RELEASE_DATE: TEXT, FILESIZE: INT, LABEL: TEXT, PLAYCOUNT: BYTE, RANKING: SHORT },
    },
  },
  TEMPO: { attributes: { BPM: FLOAT, BPM_QUALITY: FLOAT } },
  MUSICAL_KEY: { attributes: { VALUE: /^(1?\d|2[0-3])$/ } },
  CUE_V2: { attributes: { ...CUE, COLOR: /^#[0-9A-F]{6}$/ }, required: Object.keys(CUE), children: ['GRID'] },
  GRID: { attributes: { BPM: FLOAT }, required: ['BPM'] },
  SETS: { attributes: { ENTRIES: BYTE } },
  PLAYLISTS: { attributes: {}, children: ['NODE'] },
  NODE: {
    attributes: { TYPE: /^(FOLDER|PLAYLIST)$/, NAME: TEXT },
    required: ['TYPE', 'NAME'],
    children: ['PLAYLIST', 'SUBNODES'],
  },
  SUBNODES: { attributes: { COUNT: INT }, required: ['COUNT'], children: ['NODE'], counts: 'COUNT' },
  PLAYLIST: {
    attributes: { ENTRIES: INT, TYPE: /^LIST$/, UUID: /^[0-9a-f]{32}$/ },
    required: ['ENTRIES', 'TYPE', 'UUID'],
    children: ['ENTRY'],
    counts: 'ENTRIES',
  },
  'PLAYLIST/ENTRY': { attributes: {}, children: ['PRIMARYKEY'] },
  PRIMARYKEY: { attributes: { TYPE: /^TRACK$/, KEY: /^[^/]*(\/:[^/]+)+$/ }, required: ['TYPE', 'KEY'] },
  INDEXING: { attributes: {} },
};
