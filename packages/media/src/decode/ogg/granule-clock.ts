/** Longest stretch of lost pages that is bridged with silence, in seconds. */
const LONGEST_GAP_SECONDS = 10;

/** Which of a page's frames are to be heard. */
export interface PagePlacement {
  /** Frames of silence before them, for pages that were lost. */
  readonly silence: number;
  /** First frame to take. */
  readonly from: number;
  /** One past the last frame to take. */
  readonly to: number;
}

/**
 * Turns the granule positions of an Ogg stream into what to cut: the decoder's run-up and what lies before position 0
 * at the start, padding at the end (RFC 7845, section 4; Vorbis I, appendix A.2).
 */
export class GranuleClock {
  readonly #longestGap: number;
  #skip: number;
  /** Granule position of the first decoded frame; unknown until a page has told. */
  #base: number | undefined;
  /** Frames decoded, or bridged, so far. */
  #decoded = 0;

  constructor(sampleRate: number, preSkip: number) {
    this.#longestGap = LONGEST_GAP_SECONDS * sampleRate;
    this.#skip = preSkip;
  }

  /** @param granule -1 when no packet ends on the page */
  place(frames: number, page: { granule: number; last: boolean }, gap: boolean): PagePlacement {
    let silence = 0;
    let early = 0;
    if (page.granule >= 0) {
      if (this.#base === undefined) {
        const base = page.granule - this.#decoded - frames;
        // On a last page the difference is padding at the end, not something before the beginning.
        if (base < 0 && !page.last) early = Math.min(-base, this.#decoded + frames);
        this.#base = page.last ? 0 : base;
      } else if (gap) {
        const lost = page.granule - this.#base - this.#decoded - frames;
        if (lost > 0 && lost <= this.#longestGap) silence = lost;
      }
    }
    const start = this.#decoded + silence;
    let to = frames;
    if (page.last && page.granule >= 0 && this.#base !== undefined) {
      to = Math.min(frames, Math.max(0, page.granule - this.#base - start));
    }
    this.#decoded = start + frames;
    this.#skip = Math.max(this.#skip, early);
    const from = Math.min(to, this.#skip);
    this.#skip -= from;
    return { silence, from, to };
  }
}
