import { SIMILAR_SCHEMA, type SimilarTrack } from '@tutti/contract';
import {
  changedSoundPlaces,
  type Database,
  filesWithSoundPlace,
  type ListedTrack,
  type ListState,
  listedTracks,
  meantFiles,
  refreshLists,
} from '@tutti/library';
import { EMBEDDING_MODEL } from '@tutti/music/analysis';
import type { Filter } from '@tutti/music/filter';
import { WorkflowError } from '../failure.ts';
import { askedHere, nameOfTrack } from '../lists/list-library.ts';
import { type Crew, onThreads } from '../threads.ts';
import type { SimilarRequest } from './similar-tracks.ts';
import type { AllowedSounds, SoundAnswer, SoundTask } from './sound-worker.ts';

/** Tracks that are handed to the thread at once. */
const AT_ONCE = 5000;

/**
 * The sounds of a library in the memory of a thread, exactly searched. Every question brings them up to the library first: what
 * changed since the last one is read, however it changed. When a process begins they are read from the database.
 */
export class LibrarySounds {
  readonly #library: Database;
  readonly #model: string;
  readonly #crew: Crew<SoundTask, SoundAnswer>;
  #followed: ListState = { change: -1, removal: 0 };
  #following: Promise<void> = Promise.resolve();
  #meant: { readonly key: string; readonly files: Float64Array } | undefined;

  private constructor(library: Database, model: string, crew: Crew<SoundTask, SoundAnswer>) {
    this.#library = library;
    this.#model = model;
    this.#crew = crew;
  }

  /** @param model of the embeddings that are compared; that of this version when absent */
  static async open(library: Database, model: string = EMBEDDING_MODEL): Promise<LibrarySounds> {
    const crew = await onThreads<SoundTask, SoundAnswer>(import.meta.url, 'sound-worker', 'soundTask', 1);
    return new LibrarySounds(library, model, crew);
  }

  /**
   * The tracks that sound most like one, nearest first.
   * @param file the number of its file
   * @param most 1 to 10,000
   * @throws WorkflowError 'empty' when it lies nowhere among sounds
   */
  async similar(file: number, most: number, request: SimilarRequest): Promise<SimilarTrack[]> {
    await this.#follow();
    const answer = await this.#crew.work(
      { kind: 'nearest', file, most, allowed: await this.#allowed(request) },
      undefined,
    );
    return this.#told(answer ?? (await this.#refuse([file])));
  }

  /**
   * A way from one track to another in steps that sound alike.
   * @param between how many tracks lie between the two, 0 to 1000
   * @throws WorkflowError 'empty' when either lies nowhere among sounds, 'unsupported' when both are one
   */
  async path(from: number, to: number, between: number, filter: Filter | undefined): Promise<SimilarTrack[]> {
    if (from === to) throw new WorkflowError('unsupported', 'path: both are one track; a path needs two');
    await this.#follow();
    const answer = await this.#crew.work(
      { kind: 'path', from, to, between, allowed: await this.#allowed({ filter }) },
      undefined,
    );
    return this.#told(answer ?? (await this.#refuse([from, to])));
  }

  close(): Promise<void> {
    return this.#crew.dismiss();
  }

  /** One after another: two that follow at the same time would read the same twice. */
  #follow(): Promise<void> {
    this.#following = this.#following.catch(() => {}).then(() => this.#readChanges());
    return this.#following;
  }

  async #readChanges(): Promise<void> {
    const state = await refreshLists(this.#library);
    if (state.change === this.#followed.change) return;
    for (let after = 0; ; ) {
      const places = await changedSoundPlaces(this.#library, this.#model, this.#followed.change, after, AT_ONCE);
      if (places.length > 0) await this.#crew.work({ kind: 'put', places }, undefined);
      if (places.length < AT_ONCE) break;
      after = places.at(-1)!.file;
    }
    if (state.removal > this.#followed.change && this.#followed.change >= 0) {
      await this.#crew.work({ kind: 'keep', files: await filesWithSoundPlace(this.#library, this.#model) }, undefined);
    }
    this.#followed = state;
    this.#meant = undefined;
  }

  async #allowed({ filter, harmonic, tempoWithin, otherArtists }: SimilarRequest): Promise<AllowedSounds> {
    const meant = filter === undefined ? undefined : await this.#filesOf(filter);
    return { meant, harmonic, tempoWithin, otherArtists };
  }

  /** The last filter is remembered for a minute, until the library changes. */
  async #filesOf(filter: Filter): Promise<Float64Array> {
    const asked = askedHere();
    const key = JSON.stringify([filter, Math.floor(asked.now.getTime() / 60_000)]);
    if (this.#meant?.key !== key) {
      this.#meant = { key, files: Float64Array.from(await meantFiles(this.#library, filter, asked)) };
    }
    return this.#meant.files;
  }

  async #told(answer: NonNullable<SoundAnswer>): Promise<SimilarTrack[]> {
    const tracks = await listedTracks(
      this.#library,
      answer.map(({ file }) => file),
    );
    const byFile = new Map(tracks.map((track) => [track.id, track]));
    return answer.flatMap(({ file, distance }) => {
      const track = byFile.get(file);
      return track === undefined || track.audioHash === null ? [] : [similarLine(track, track.audioHash, distance)];
    });
  }

  async #refuse(files: readonly number[]): Promise<never> {
    const known = new Set(await filesWithSoundPlace(this.#library, this.#model));
    const [track] = await listedTracks(
      this.#library,
      files.filter((file) => !known.has(file)),
    );
    throw new WorkflowError(
      'empty',
      `${track?.path ?? 'it'} cannot be compared with other sounds: it was not analysed by this version (tutti scan does it), or is silent or too short`,
    );
  }
}

function similarLine(track: ListedTrack, audioHash: string, distance: number): SimilarTrack {
  const { path, bpm, camelot, energy } = track;
  return { schema: SIMILAR_SCHEMA, path, audioHash, title: nameOfTrack(track), distance, bpm, camelot, energy };
}
