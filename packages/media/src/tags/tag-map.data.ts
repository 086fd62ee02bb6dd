import type { ICommonTagsResult } from 'music-metadata';

/** How a value of music-metadata becomes text. */
type Shape = 'text' | 'number' | 'flag' | 'decibels' | 'ratio' | 'first-of-pair' | 'second-of-pair' | 'comment';

interface MappedTag {
  /** Our name. */
  readonly field: string;
  /** The name that music-metadata gives to the tags of all formats that mean this (its `common` tags). */
  readonly from: keyof ICommonTagsResult;
  readonly shape: Shape;
}

/**
 * Which tags are read, under which names. music-metadata knows by which identifiers each kind of tag (ID3v2, Vorbis
 * comments, MP4, APE, ASF …) says it: https://github.com/Borewit/music-metadata, "Common metadata".
 */
export const TAG_MAP: readonly MappedTag[] = [
  { field: 'title', from: 'title', shape: 'text' },
  { field: 'titleSort', from: 'titlesort', shape: 'text' },
  { field: 'artist', from: 'artist', shape: 'text' },
  { field: 'artists', from: 'artists', shape: 'text' },
  { field: 'artistSort', from: 'artistsort', shape: 'text' },
  { field: 'album', from: 'album', shape: 'text' },
  { field: 'albumSort', from: 'albumsort', shape: 'text' },
  { field: 'albumArtist', from: 'albumartist', shape: 'text' },
  { field: 'albumArtists', from: 'albumartists', shape: 'text' },
  { field: 'albumArtistSort', from: 'albumartistsort', shape: 'text' },
  { field: 'composer', from: 'composer', shape: 'text' },
  { field: 'remixer', from: 'remixer', shape: 'text' },
  { field: 'producer', from: 'producer', shape: 'text' },
  { field: 'genre', from: 'genre', shape: 'text' },
  { field: 'mood', from: 'mood', shape: 'text' },
  { field: 'grouping', from: 'grouping', shape: 'text' },
  { field: 'comment', from: 'comment', shape: 'comment' },
  { field: 'label', from: 'label', shape: 'text' },
  { field: 'catalogueNumber', from: 'catalognumber', shape: 'text' },
  { field: 'isrc', from: 'isrc', shape: 'text' },
  { field: 'date', from: 'date', shape: 'text' },
  { field: 'originalDate', from: 'originaldate', shape: 'text' },
  { field: 'year', from: 'year', shape: 'number' },
  { field: 'track', from: 'track', shape: 'first-of-pair' },
  { field: 'tracks', from: 'track', shape: 'second-of-pair' },
  { field: 'disc', from: 'disk', shape: 'first-of-pair' },
  { field: 'discs', from: 'disk', shape: 'second-of-pair' },
  { field: 'compilation', from: 'compilation', shape: 'flag' },
  { field: 'key', from: 'key', shape: 'text' },
  { field: 'replayGainDb', from: 'replaygain_track_gain', shape: 'decibels' },
  { field: 'replayPeak', from: 'replaygain_track_peak', shape: 'ratio' },
  { field: 'albumReplayGainDb', from: 'replaygain_album_gain', shape: 'decibels' },
  { field: 'albumReplayPeak', from: 'replaygain_album_peak', shape: 'ratio' },
  { field: 'musicBrainzRecording', from: 'musicbrainz_recordingid', shape: 'text' },
  { field: 'musicBrainzAlbum', from: 'musicbrainz_albumid', shape: 'text' },
];

/**
 * By which identifiers of their own tags say what music-metadata has no common name for in every format: in ID3
 * (`TBP`, `TBPM`, `TXXX:…`), Vorbis comments and APE (`BPM`, `INITIALKEY`), MP4 (`----:com.apple.iTunes:initialkey`).
 */
export const NATIVE_TAGS = {
  bpm: /(?:^T?|:)BPM$|^TBP$|^TEMPO$/i,
  key: /^TKEY?$|(?:^|:)(?:INITIAL_?KEY|KEY)$/i,
  // As ffmpeg writes it into MP3.
  comment: /^TXXX:COMMENT$/i,
} as const;

/**
 * Where programs leave cues and grids. Serato: objects of ID3v2 by their names; fields of Vorbis comments in FLAC; MP4. What is in them
 * is read elsewhere (github.com/Holzhaus/serato-tags, "File Formats").
 */
export const MARKS_OF_PROGRAMS = {
  object: /^Serato (?:Markers2|Markers_|BeatGrid)$/,
  field: /^(?:SERATO_(?:MARKERS_V2|BEATGRID)|----:com\.serato\.dj:(?:markersv2|beatgrid))$/i,
} as const;
