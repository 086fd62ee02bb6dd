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
import { nameIn, numberIn } from '../text/attributes.ts';
import { walkXml, type XmlElement } from '../xml/walk-xml.ts';
import { keyOfMusicalKey } from './musical-key.ts';
import { placeOfNml, primaryKey } from './nml-location.ts';
import { CUE_TYPES, GRID_TYPE } from './write-nml.ts';

const FORMAT = 'Traktor NML';
/** Traktor counts in four from each mark of a grid. */
const METER = 4;
type Attributes = XmlElement['attributes'];

/** An entry of the collection that is being read. */
interface Growing {
  readonly entry: Attributes;
  location: Attributes;
  album: Attributes;
  info: Attributes;
  bpm: number | null;
  key: DjTrack['key'];
  readonly grid: GridMark[];
  readonly cues: DjCue[];
}

/**
 * Reads an NML: tracks with grid and cues, playlists in their folders. What is damaged in one place is left out with a
 * remark that names it; the rest is read.
 * Source: as `writeNml`.
 * @param startVolume name of the volume whose paths do not begin with /Volumes on the Mac that wrote it
 * @throws ExchangeError 'unsupported' (no NML), 'corrupt' (not well-formed), 'limit'
 */
export function readNml(text: string, startVolume: string): ReadCollection {
  const reader = new NmlReader(startVolume);
  walkXml(text, FORMAT, 'NML', reader);
  return reader.result();
}

class NmlReader {
  readonly #startVolume: string;
  readonly #remarks = new Remarks();
  readonly #tracks: DjTrack[] = [];
  readonly #byKey = new Map<string, number>();
  readonly #playlists: (DjPlaylist & { readonly tracks: number[] })[] = [];
  /** Names of the nodes around, the root of all among them. */
  readonly #nodes: string[] = [];
  #entry: Growing | undefined;
  /** The cue that is being read, where it is a mark of the grid. */
  #gridSeconds: number | null = null;

  constructor(startVolume: string) {
    this.#startVolume = startVolume;
  }

  readonly open = ({ name, attributes, around }: XmlElement): void => {
    const inside = around.at(-1);
    if (name === 'ENTRY' && inside === 'COLLECTION') {
      const [location, album, info] = [{}, {}, {}];
      this.#entry = { entry: attributes, location, album, info, bpm: null, key: null, grid: [], cues: [] };
    } else if (name === 'NODE') this.#nodes.push((attributes['NAME'] ?? '').slice(0, LONGEST_NAME));
    else if (name === 'PLAYLIST' && inside === 'NODE') this.#openList();
    else if (name === 'PRIMARYKEY' && inside === 'ENTRY' && around.at(-2) === 'PLAYLIST') this.#addToList(attributes);
    else if (this.#entry) this.#openPart(this.#entry, name, attributes, inside);
  };

  readonly close = (name: string): void => {
    if (name === 'NODE') this.#nodes.pop();
    if (name === 'CUE_V2') this.#closeCue();
    if (name !== 'ENTRY' || !this.#entry) return;
    this.#finish(this.#entry);
    this.#entry = undefined;
  };

  result(): ReadCollection {
    return { collection: { tracks: this.#tracks, playlists: this.#playlists }, remarks: this.#remarks.list() };
  }

  #openPart(entry: Growing, name: string, attributes: Attributes, inside: string | undefined): void {
    if (name === 'GRID' && inside === 'CUE_V2') {
      const bpm = numberIn(attributes['BPM'], SLOWEST_BPM, FASTEST_BPM);
      if (bpm !== null) this.#addMark(bpm);
    }
    if (inside !== 'ENTRY') return;
    if (name === 'LOCATION') entry.location = attributes;
    else if (name === 'ALBUM') entry.album = attributes;
    else if (name === 'INFO') entry.info = attributes;
    else if (name === 'TEMPO') entry.bpm = numberIn(attributes['BPM'], SLOWEST_BPM, FASTEST_BPM);
    else if (name === 'MUSICAL_KEY') {
      const value = numberIn(attributes['VALUE'], 0, 23);
      entry.key = value === null ? null : keyOfMusicalKey(Math.round(value));
    } else if (name === 'CUE_V2') this.#addCue(entry, attributes);
  }

  #addCue(entry: Growing, attributes: Attributes): void {
    const milliseconds = numberIn(attributes['START'], -1000 * FURTHEST_SECONDS, 1000 * FURTHEST_SECONDS);
    const type = attributes['TYPE']?.trim();
    const kind = CUE_KINDS.find((known) => CUE_TYPES[known] === type);
    if (milliseconds === null || !(kind || type === GRID_TYPE) || entry.cues.length >= MOST_MARKS) {
      this.#remarks.add(
        `${nameOf(entry)}: a CUE_V2 at ${attributes['START'] ?? 'no START'} is left out: it cannot be used`,
      );
      return;
    }
    const seconds = milliseconds / 1000;
    if (!kind) {
      this.#gridSeconds = seconds;
      return;
    }
    const length = numberIn(attributes['LEN'], 0, 1000 * FURTHEST_SECONDS) ?? 0;
    const pad = numberIn(attributes['HOTCUE'] ?? '-1', -1, 63) ?? -1;
    entry.cues.push({
      kind,
      name: (attributes['NAME'] ?? '').slice(0, LONGEST_NAME),
      seconds,
      endSeconds: kind === 'loop' ? (milliseconds + length) / 1000 : null,
      pad: pad < 0 ? null : Math.round(pad),
      colour: colourIn(attributes['COLOR']),
    });
  }

  /** A mark of the grid without a GRID, as Traktor 2 has them, runs at the tempo of the track. */
  #closeCue(): void {
    const bpm = this.#entry?.bpm ?? null;
    if (bpm !== null) this.#addMark(bpm);
    this.#gridSeconds = null;
  }

  #addMark(bpm: number): void {
    const grid = this.#entry?.grid;
    if (this.#gridSeconds === null || !grid || grid.length >= MOST_MARKS) return;
    grid.push({ seconds: this.#gridSeconds, bpm, meter: METER, beat: 1 });
    this.#gridSeconds = null;
  }

  #finish(growing: Growing): void {
    const { entry, album, info, bpm, key, grid, cues } = growing;
    if (this.#tracks.length >= MOST_TRACKS) {
      throw new ExchangeError('limit', `the ${FORMAT} has over ${MOST_TRACKS} tracks`);
    }
    const path = this.#pathOf(growing);
    if (path === null) return;
    grid.sort((a, b) => a.seconds - b.seconds);
    this.#tracks.push({
      path,
      title: (entry['TITLE'] ?? '').slice(0, LONGEST_NAME),
      artist: nameIn(entry['ARTIST']),
      album: nameIn(album['TITLE']),
      seconds: numberIn(info['PLAYTIME_FLOAT'], 0, FURTHEST_SECONDS) ?? numberIn(info['PLAYTIME'], 0, FURTHEST_SECONDS),
      sampleRate: null,
      bpm,
      key: key ?? parseKey(info['KEY'] ?? '') ?? null,
      grid,
      cues,
    });
  }

  #pathOf(entry: Growing): string | null {
    const location = {
      volume: entry.location['VOLUME'] ?? '',
      folder: entry.location['DIR'] ?? '',
      file: entry.location['FILE'] ?? '',
    };
    try {
      const path = pathOf(placeOfNml(location, this.#startVolume));
      this.#byKey.set(primaryKey(location), this.#tracks.length);
      return path;
    } catch (error) {
      if (!(error instanceof ExchangeError)) throw error;
      this.#remarks.add(`${nameOf(entry)} is left out: ${error.message}`);
      return null;
    }
  }

  #openList(): void {
    this.#playlists.push({ folders: this.#nodes.slice(1, -1), name: this.#nodes.at(-1)!, tracks: [] });
  }

  #addToList(attributes: Attributes): void {
    const list = this.#playlists.at(-1);
    const index = this.#byKey.get(attributes['KEY'] ?? '');
    if (!list) return;
    if (index === undefined) {
      this.#remarks.add(
        `the playlist "${list.name}" names ${attributes['KEY'] ?? 'nothing'}, which is not in the collection`,
      );
    } else list.tracks.push(index);
  }
}

function nameOf({ entry, location }: Growing): string {
  return entry['TITLE'] || location['FILE'] || 'an entry without a name';
}

function colourIn(text: string | undefined): Colour | null {
  const digits = /^#([0-9a-f]{6})$/i.exec(text ?? '')?.[1];
  if (digits === undefined) return null;
  const [red, green, blue] = [0, 2, 4].map((at) => Number.parseInt(digits.slice(at, at + 2), 16));
  return { red: red!, green: green!, blue: blue! };
}
