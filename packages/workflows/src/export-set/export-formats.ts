/** Formats that a set can be exported in: how the file is called after the name of the set, and what it is. */
export const EXPORT_FORMATS = {
  rekordbox: { ending: '.rekordbox.xml', what: 'collection and playlist for rekordbox: grids, cues, keys' },
  nml: { ending: '.nml', what: 'the same for Traktor' },
  m3u8: { ending: '.m3u8', what: 'playlist' },
  cue: { ending: '.cue', what: 'cue sheet of the rendered mix' },
  tracklist: { ending: '.tracklist.txt', what: 'tracks with their times in the mix' },
  chapters: { ending: '.chapters.txt', what: 'chapters for the description of a video' },
} as const;
export type ExportFormat = keyof typeof EXPORT_FORMATS;

/** Grids, keys and cues are in these, and come from the analyses of the tracks. */
export function needsAnalyses(formats: readonly ExportFormat[]): boolean {
  return formats.some((format) => format === 'rekordbox' || format === 'nml');
}
