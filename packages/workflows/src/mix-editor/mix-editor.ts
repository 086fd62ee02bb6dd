import { resolve } from 'node:path';
import type { AnalysisLine } from '@tutti/contract';
import {
  applyEdit,
  beginHistory,
  type EditHistory,
  goOn,
  type MixableTrack,
  type MixEdit,
  type MixPlan,
  type MixRequest,
  type MixState,
  openPlan,
  redo,
  undo,
} from '@tutti/music/mixing';
import { type Replacement, suggestReplacements } from '@tutti/music/set-planning';
import { WorkflowError } from '../failure.ts';
import { mixableTrack } from '../mix/mixable-track.ts';
import { requireSameSound } from '../same-sound.ts';
import { type SetCandidate, setCandidate } from '../set/set-candidate.ts';
import { trackFinder } from '../set/track-finder.ts';

interface PooledTrack {
  readonly line: AnalysisLine;
  readonly candidate: SetCandidate;
  readonly mixable: MixableTrack;
}

/** What an edit did beside what it says. */
export interface EditNotes {
  /** Joins of the mix before (from 0) whose wishes went with them. */
  readonly dropped: readonly number[];
  /** Fields that somebody wrote into the plan by hand and that planning anew took away. */
  readonly lost: readonly string[];
}

/** A mix while a person edits it: its plan, the files that it may be made of, what can be undone, and whether it was saved. */
export class MixEditor {
  readonly #pool = new Map<string, PooledTrack>();
  #history: EditHistory;
  #saved: MixState;
  /** Of plans that were opened and not edited yet: what a plan made anew would not have. */
  readonly #handWritten = new WeakMap<MixState, readonly string[]>();

  /**
   * @param lines analyses of the files of the plan, and of others that may be added
   * @throws WorkflowError as `open`
   */
  constructor(plan: MixPlan, lines: readonly AnalysisLine[]) {
    this.pool(lines);
    this.#history = beginHistory(this.#stateOf(plan));
    // As it was planned it can be planned again.
    this.#saved = this.#history.present;
  }

  get plan(): MixPlan {
    return this.#history.present.plan;
  }

  get request(): MixRequest {
    return this.#history.present.request;
  }

  /** Whether there are edits that are in no file. */
  get isUnsaved(): boolean {
    return this.#history.present !== this.#saved;
  }

  /** All files, in the order in which they came. */
  get analyses(): readonly AnalysisLine[] {
    return [...this.#pool.values()].map(({ line }) => line);
  }

  /** Fields of the plan that somebody wrote by hand and that an edit takes away. */
  get handWritten(): readonly string[] {
    return this.#handWritten.get(this.#history.present) ?? [];
  }

  /** The tracks that are not in the mix. */
  get spare(): readonly MixableTrack[] {
    const used = new Set(this.request.tracks.map(({ path }) => path));
    return [...this.#pool.values()].flatMap(({ mixable }) => (used.has(mixable.path) ? [] : [mixable]));
  }

  /** Files that the mix may be made of from now on. @throws WorkflowError for an analysis with parts left out */
  pool(lines: readonly AnalysisLine[]): void {
    for (const line of lines) {
      const candidate = setCandidate(line);
      this.#pool.set(candidate.path, { line, candidate, mixable: mixableTrack(candidate, line) });
    }
  }

  /** Whether a file is known under this path. */
  has(path: string): boolean {
    return this.#pool.has(resolve(path));
  }

  /** @throws WorkflowError 'missing' when none of the files has the name, 'unsupported' when several have it */
  find(name: string): MixableTrack {
    const path = trackFinder([...this.#pool.values()].map(({ candidate }) => candidate))(name, 'track');
    return this.#pool.get(path)!.mixable;
  }

  /** @throws MixingError 'invalid-option' when it cannot be; then all is as it was */
  apply(edit: MixEdit): EditNotes {
    const lost = this.handWritten;
    const { history, dropped } = applyEdit(this.#history, edit);
    this.#history = history;
    return { dropped, lost };
  }

  /** Whether there was anything to undo. */
  undo(): boolean {
    return this.#turn(undo(this.#history));
  }

  redo(): boolean {
    return this.#turn(redo(this.#history));
  }

  #turn(history: EditHistory | null): boolean {
    if (history) this.#history = history;
    return history !== null;
  }

  /** Tracks that would fit best in the place of another one. */
  suggest(index: number, most: number): readonly Replacement[] {
    const setTrack = (path: string) => this.#pool.get(path)!.candidate.track;
    const current = this.request.tracks.map(({ path }) => setTrack(path));
    const all = [...this.#pool.keys()].map(setTrack);
    return suggestReplacements(current, index, all, { most });
  }

  /**
   * Goes on with another plan, as it is: only an edit plans it anew. It can be undone.
   * @throws WorkflowError 'missing' when a file of the plan is none of the pool, 'corrupt' when its sound changed
   */
  open(plan: MixPlan): void {
    const state = this.#stateOf(plan);
    this.#history = goOn(this.#history, state);
    this.#saved = state;
  }

  /** The plan is in a file now as it is. */
  saved(): void {
    this.#saved = this.#history.present;
  }

  #stateOf(plan: MixPlan): MixState {
    requireSameSound(plan, this.analyses);
    const tracks = plan.tracks.map(({ path }) => {
      const known = this.#pool.get(resolve(path));
      if (!known) throw new WorkflowError('missing', `${path} is in the plan but could not be read`);
      return known.mixable;
    });
    const { request, lost } = openPlan(plan, tracks);
    const state: MixState = { request, plan };
    if (lost.length > 0) this.#handWritten.set(state, lost);
    return state;
  }
}
