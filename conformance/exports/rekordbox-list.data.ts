import { FLOAT, type FormatRules, INT, TEXT } from './element-rules.ts';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const COLOUR = /^(\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])$/;

/**
 * Elements, attributes and types of rekordbox XML.
 * Source: "XML format list" of AlphaTheta (Pioneer DJ), xml_format_list.pdf at rekordbox.com/en/support/developer. Beyond the
 * list: Red, Green and Blue of POSITION_MARK, which rekordbox itself writes for hot cues.
 */
export const REKORDBOX_RULES: FormatRules = {
  DJ_PLAYLISTS: {
    attributes: { Version: /^1[.,]0[.,]0$/ },
    required: ['Version'],
    children: ['PRODUCT', 'COLLECTION', 'PLAYLISTS'],
  },
  PRODUCT: { attributes: { Name: TEXT, Version: TEXT, Company: TEXT }, required: ['Name', 'Version', 'Company'] },
  COLLECTION: { attributes: { Entries: INT }, required: ['Entries'], children: ['TRACK'], counts: 'Entries' },
  'COLLECTION/TRACK': {
    attributes: {
      ...{
        TrackID: INT,
        Name: TEXT,
        Artist: TEXT,
        Composer: TEXT,
        Album: TEXT,
        Grouping: TEXT,
        Genre: TEXT,
        Kind: TEXT,
      },
      ...{ Size: INT, TotalTime: /^\d+$/, DiscNumber: INT, TrackNumber: INT, Year: INT, AverageBpm: FLOAT },
      ...{ DateModified: DATE, DateAdded: DATE, BitRate: INT, SampleRate: FLOAT, Comments: TEXT, PlayCount: INT },
      ...{
        LastPlayed: DATE,
        Rating: /^(0|51|102|153|204|255)$/,
        Remixer: TEXT,
        Tonality: TEXT,
        Label: TEXT,
        Mix: TEXT,
      },
      Location: /^file:\/\/localhost\/(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/]|%[0-9A-F]{2})+$/,
      Colour: /^0x[0-9A-F]{6}$/,
    },
    required: ['TrackID', 'Location'],
    children: ['TEMPO', 'POSITION_MARK'],
  },
  TEMPO: {
    attributes: { Inizio: FLOAT, Bpm: FLOAT, Metro: /^\d+\/\d+$/, Battito: /^[1-9]\d*$/ },
    required: ['Inizio', 'Bpm', 'Metro', 'Battito'],
  },
  POSITION_MARK: {
    attributes: {
      ...{ Name: TEXT, Type: /^[0-4]$/, Start: FLOAT, End: FLOAT, Num: /^(-1|\d+)$/ },
      ...{ Red: COLOUR, Green: COLOUR, Blue: COLOUR },
    },
    required: ['Name', 'Type', 'Start', 'Num'],
  },
  PLAYLISTS: { attributes: {}, children: ['NODE'] },
  NODE: {
    attributes: { Type: /^[01]$/, Name: TEXT, Count: INT, Entries: INT, KeyType: /^[01]$/ },
    required: ['Type', 'Name'],
    children: ['NODE', 'TRACK'],
    counts: 'Count|Entries',
  },
  'NODE/TRACK': { attributes: { Key: TEXT }, required: ['Key'] },
};
