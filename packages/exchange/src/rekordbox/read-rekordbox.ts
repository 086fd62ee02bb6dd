import { parseKey } from '@tutti/music/theory';
import {
  type Colour,
  CUE_KINDS,
  type DjCue,
  type DjPlaylist,
  type DjTrack,
  type GridMark,
  type ReadCollection,
} from '../collection/dj-collection.ts';
import { Remarks } from '../collection/remarks.ts';
import { ExchangeError } from '../errors.ts';
import { FASTEST_BPM, FURTHEST_SECONDS, LONGEST_NAME, MOST_MARKS, MOST_TRACKS, SLOWEST_BPM } from '../limits.ts';
import { pathOf } from '../paths/file-place.ts';
import { placeOfUri } from '../paths/file-uri.ts';
import { nameIn, numberIn } from '../text/attributes.ts';
import { walkXml, type XmlElement } from '../xml/walk-xml.ts';
import { BY_LOCATION, FOLDER, PLAYLIST, POSITION_MARK_TYPES } from './write-rekordbox.ts';

const FORMAT = 'rekordbox XML';
type Attributes = XmlElement['attributes'];
/** A track that is being read. */
type Growing = Omit<DjTrack, 'grid' | 'cues'> & { readonly grid: GridMark[]; readonly cues: DjCue[] };

/**
 * Reads a rekordbox XML: tracks with grid and cues, playlists in their folders. What is damaged in one place is left out
 * with a remark that names it; the rest is read.
 * Source: as `writeRekordbox`.
 * @throws ExchangeError 'unsupported' (no rekordbox XML), 'corrupt' (not well-formed), 'limit'
 */
export function readRekordbox(text: string): ReadCollection {
  const reader = new RekordboxReader();
  walkXml(text, FORMAT, 'DJ_PLAYLISTS', reader);
  return reader.result();
}

class RekordboxReader {
  readonly #remarks = new Remarks();
  readonly #tracks: Growing[] = [];
  readonly #byId = new Map<string, number>();
  readonly #byLocation = new Map<string, number>();
  readonly #playlists: (DjPlaylist & { readonly tracks: number[] })[] = [];
  /** Names of the nodes around, the root of all among them. */
  readonly #nodes: string[] = [];
  #track: Growing | undefined;
  #list: { readonly list: DjPlaylist & { readonly tracks: number[] }; readonly keys: Map<string, number> } | undefined;

  readonly open = ({ name, attributes, around }: XmlElement): void => {
    const inside = around.at(-1);
    if (name === 'TRACK' && inside === 'COLLECTION') this.#openTrack(attributes);
    else if (name === 'TRACK' && inside === 'NODE') this.#addToList(attributes);
    else if (name === 'TEMPO' && inside === 'TRACK') this.#addTempo(attributes);
    else if (name === 'POSITION_MARK' && inside === 'TRACK') this.#addMark(attributes);
    else if (name === 'NODE') this.#openNode(attributes);
  };

  readonly close = (name: string): void => {
    if (name === 'TRACK') this.#track = undefined;
    if (name !== 'NODE') return;
    this.#nodes.pop();
    this.#list = undefined;
  };

  result(): ReadCollection {
    for (const track of this.#tracks) {
      track.grid.sort((a, b) => a.seconds - b.seconds);
    }
    return { collection: { tracks: this.#tracks, playlists: this.#playlists }, remarks: this.#remarks.list() };
  }

  #openTrack(attributes: Attributes): void {
    if (this.#tracks.length >= MOST_TRACKS) {
      throw new ExchangeError('limit', `the ${FORMAT} has over ${MOST_TRACKS} tracks`);
    }
    const path = this.#pathOf(attributes);
    if (path === null) return;
    const index = this.#tracks.length;
    const id = attributes['TrackID'];
    if (id !== undefined) {
      if (this.#byId.has(id)) this.#remarks.add(`two tracks have the TrackID ${id}: playlists mean the first`);
      else this.#byId.set(id, index);
    }
    this.#byLocation.set(attributes['Location']!, index);
    this.#track = {
      path,
      title: nameIn(attributes['Name']) ?? '',
      artist: nameIn(attributes['Artist']),
      album: nameIn(attributes['Album']),
      seconds: numberIn(attributes['TotalTime'], 0, FURTHEST_SECONDS),
      sampleRate: numberIn(attributes['SampleRate'], 1, 1e6),
      bpm: numberIn(attributes['AverageBpm'], SLOWEST_BPM, FASTEST_BPM),
      key: parseKey(attributes['Tonality'] ?? '') ?? null,
      grid: [],
      cues: [],
    };
    this.#tracks.push(this.#track);
  }

  #pathOf(attributes: Attributes): string | null {
    const location = attributes['Location'];
    try {
      if (location === undefined || location === '') throw new ExchangeError('corrupt', 'it has no Location');
      return pathOf(placeOfUri(location));
    } catch (error) {
      if (!(error instanceof ExchangeError)) throw error;
      this.#remarks.add(
        `track ${attributes['TrackID'] ?? '?'} (${attributes['Name'] ?? ''}) is left out: ${error.message}`,
      );
      return null;
    }
  }

  #addTempo(attributes: Attributes): void {
    const track = this.#track;
    if (!track) return;
    const seconds = numberIn(attributes['Inizio'], -FURTHEST_SECONDS, FURTHEST_SECONDS);
    const bpm = numberIn(attributes['Bpm'], SLOWEST_BPM, FASTEST_BPM);
    const meter = numberIn(/^ *(\d+) *\//.exec(attributes['Metro'] ?? '4/4')?.[1], 1, 64);
    const beat = numberIn(attributes['Battito'] ?? '1', 1, meter ?? 1);
    if (seconds === null || bpm === null || meter === null || beat === null || track.grid.length >= MOST_MARKS) {
      this.#remarks.add(
        `${track.path}: a TEMPO at ${attributes['Inizio'] ?? 'no Inizio'} is left out: it cannot be used`,
      );
    } else track.grid.push({ seconds, bpm, meter, beat: Math.round(beat) });
  }

  #addMark(attributes: Attributes): void {
    const track = this.#track;
    if (!track) return;
    const kind = CUE_KINDS.find((known) => POSITION_MARK_TYPES[known] === attributes['Type']?.trim());
    const seconds = numberIn(attributes['Start'], -FURTHEST_SECONDS, FURTHEST_SECONDS);
    const pad = numberIn(attributes['Num'] ?? '-1', -1, 63);
    const endSeconds = numberIn(attributes['End'], seconds ?? 0, FURTHEST_SECONDS);
    const endless = kind === 'loop' && endSeconds === null;
    if (!kind || seconds === null || pad === null || endless || track.cues.length >= MOST_MARKS) {
      this.#remarks.add(
        `${track.path}: a POSITION_MARK at ${attributes['Start'] ?? 'no Start'} is left out: it cannot be used`,
      );
      return;
    }
    track.cues.push({
      kind,
      name: nameIn(attributes['Name']) ?? '',
      seconds,
      endSeconds: kind === 'loop' ? endSeconds : null,
      pad: pad < 0 ? null : Math.round(pad),
      colour: colourIn(attributes),
    });
  }

  #openNode(attributes: Attributes): void {
    const name = attributes['Name'] ?? '';
    this.#nodes.push(name.slice(0, LONGEST_NAME));
    if (attributes['Type'] === FOLDER) return;
    if (attributes['Type'] !== PLAYLIST) {
      this.#remarks.add(`the node "${name}" is neither a folder nor a playlist`);
      return;
    }
    const list = { folders: this.#nodes.slice(1, -1), name: this.#nodes.at(-1)!, tracks: [] };
    this.#list = { list, keys: attributes['KeyType'] === BY_LOCATION ? this.#byLocation : this.#byId };
    this.#playlists.push(list);
  }

  #addToList(attributes: Attributes): void {
    if (!this.#list) return;
    const { list, keys } = this.#list;
    const index = keys.get(attributes['Key'] ?? '');
    if (index === undefined) {
      this.#remarks.add(
        `the playlist "${list.name}" names a track ${attributes['Key'] ?? ''}, which is not in the collection`,
      );
    } else list.tracks.push(index);
  }
}

function colourIn(attributes: Attributes): Colour | null {
  const [red, green, blue] = ['Red', 'Green', 'Blue'].map((name) => numberIn(attributes[name], 0, 255));
  if (red == null || green == null || blue == null) return null;
  return { red: Math.round(red), green: Math.round(green), blue: Math.round(blue) };
}
