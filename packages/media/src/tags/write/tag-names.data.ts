/**
 * What each text that is written is called in each kind of tag.
 * `id3`: the frame by its names in ID3v2.2 and since 2.3, and the description of a user's text. `vorbis`: the name of a
 * comment. `mp4`: the name of an item, or of a free one below a company's name.
 * Sources: ID3v2.2 to 2.4 (id3.org); Vorbis I, section 5; RFC 9639, 8.6; RFC 7845, 5.2.1 (Opus has a gain of its own);
 * ReplayGain 2.0, "Metadata"; Apple, QuickTime File Format, "Metadata".
 */
export const TEXT_NAMES = {
  bpm: { id3: { frames: ['TBP', 'TBPM'], description: null }, vorbis: 'BPM', mp4: 'tmpo' },
  key: {
    id3: { frames: ['TKE', 'TKEY'], description: null },
    vorbis: 'INITIALKEY',
    mp4: 'com.apple.iTunes:initialkey',
  },
  comment: { id3: { frames: ['COM', 'COMM'], description: '' }, vorbis: 'COMMENT', mp4: '©cmt' },
  replayGain: {
    id3: { frames: ['TXX', 'TXXX'], description: 'REPLAYGAIN_TRACK_GAIN' },
    vorbis: 'REPLAYGAIN_TRACK_GAIN',
    mp4: 'com.apple.iTunes:replaygain_track_gain',
  },
  replayPeak: {
    id3: { frames: ['TXX', 'TXXX'], description: 'REPLAYGAIN_TRACK_PEAK' },
    vorbis: 'REPLAYGAIN_TRACK_PEAK',
    mp4: 'com.apple.iTunes:replaygain_track_peak',
  },
} as const;

/** What the objects that Serato reads are called: bytes with a description in ID3, texts elsewhere; null where it has none. */
export const OBJECT_NAMES = {
  seratoFirstMarkers: { description: 'Serato Markers_', vorbis: null, mp4: null },
  seratoMarkers: { description: 'Serato Markers2', vorbis: 'SERATO_MARKERS_V2', mp4: 'com.serato.dj:markersv2' },
  seratoBeatGrid: { description: 'Serato BeatGrid', vorbis: 'SERATO_BEATGRID', mp4: 'com.serato.dj:beatgrid' },
} as const;

/** The media type of such an object. */
export const OBJECT_TYPE = 'application/octet-stream';
