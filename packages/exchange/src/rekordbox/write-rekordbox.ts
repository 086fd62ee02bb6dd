import type { Key } from '@tutti/music/theory';
import type { CueKind, DjCollection, DjCue, DjTrack, GridMark } from '../collection/dj-collection.ts';
import { type PlaylistFolder, playlistTree } from '../collection/playlist-tree.ts';
import { ExchangeError } from '../errors.ts';
import { pathOf, placeOf } from '../paths/file-place.ts';
import { fileUri } from '../paths/file-uri.ts';
import { decimals } from '../text/decimals.ts';
import { element, type XmlLines, xmlDocument } from '../xml/element.ts';

/** POSITION_MARK Type. */
export const POSITION_MARK_TYPES: Readonly<Record<CueKind, string>> = {
  cue: '0',
  'fade-in': '1',
  'fade-out': '2',
  load: '3',
  loop: '4',
};
/** NODE Type. */
export const FOLDER = '0';
export const PLAYLIST = '1';
/** NODE KeyType. */
export const BY_TRACK_ID = '0';
export const BY_LOCATION = '1';

/**
 * A collection as rekordbox imports it (Preferences, Advanced, Database, "rekordbox xml").
 * Times have three decimals and tempos at least two, as rekordbox itself writes them; a tempo that has more keeps up to
 * six, which the list allows.
 * Source: AlphaTheta (Pioneer DJ), "XML format list", xml_format_list.pdf at rekordbox.com/en/support/developer: elements,
 * attributes, types and units; colours of hot cues (Red, Green, Blue), which are not on the list, as rekordbox 6 and 7 write
 * them.
 * @param version of the program that writes
 * @throws ExchangeError 'unsupported' for a file on a network share, for which the list has no form
 */
export function writeRekordbox({ tracks, playlists }: DjCollection, version: string): string {
  const tree = playlistTree(playlists, 'ROOT');
  return xmlDocument(
    element('DJ_PLAYLISTS', { Version: '1.0.0' }, [
      ...element('PRODUCT', { Name: 'Tutti', Version: version, Company: '' }),
      ...element('COLLECTION', { Entries: tracks.length }, tracks.flatMap(trackElement)),
      ...element('PLAYLISTS', {}, folderNode(tree)),
    ]),
  );
}

function trackElement(track: DjTrack, index: number): XmlLines {
  return element(
    'TRACK',
    {
      TrackID: index + 1,
      Name: track.title,
      Artist: track.artist ?? '',
      Album: track.album ?? '',
      TotalTime: track.seconds === null ? null : Math.round(track.seconds),
      AverageBpm: track.bpm === null ? null : track.bpm.toFixed(2),
      SampleRate: track.sampleRate,
      Location: locationOf(track.path),
      Tonality: track.key === null ? '' : tonality(track.key),
    },
    [...track.grid.flatMap(tempoElement), ...track.cues.flatMap(positionMark)],
  );
}

/** Names of notes, as rekordbox writes them: "Am", "F#". */
function tonality({ tonic, mode }: Key): string {
  return mode === 'minor' ? `${tonic}m` : tonic;
}

function locationOf(path: string): string {
  const place = placeOf(path);
  if (place.root === 'share') {
    throw new ExchangeError(
      'unsupported',
      `${pathOf(place)} is on a network share, for which rekordbox XML has no form: give the share a drive letter and relocate the path to it`,
    );
  }
  return fileUri(place, 'localhost');
}

function tempoElement({ seconds, bpm, meter, beat }: GridMark): XmlLines {
  return element('TEMPO', { Inizio: seconds.toFixed(3), Bpm: decimals(bpm, 2), Metro: `${meter}/4`, Battito: beat });
}

function positionMark({ kind, name, seconds, endSeconds, pad, colour }: DjCue): XmlLines {
  return element('POSITION_MARK', {
    Name: name,
    Type: POSITION_MARK_TYPES[kind],
    Start: seconds.toFixed(3),
    End: endSeconds === null ? null : endSeconds.toFixed(3),
    Num: pad ?? -1,
    Red: colour?.red ?? null,
    Green: colour?.green ?? null,
    Blue: colour?.blue ?? null,
  });
}

function folderNode({ name, folders, playlists }: PlaylistFolder): XmlLines {
  return element('NODE', { Type: FOLDER, Name: name, Count: folders.length + playlists.length }, [
    ...folders.flatMap(folderNode),
    ...playlists.flatMap((list) =>
      element(
        'NODE',
        { Type: PLAYLIST, Name: list.name, KeyType: BY_TRACK_ID, Entries: list.tracks.length },
        list.tracks.flatMap((index) => element('TRACK', { Key: index + 1 })),
      ),
    ),
  ]);
}
