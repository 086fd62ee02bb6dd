import type { MixPlan } from '@tutti/music/mixing';

/** Sound that a page holds at most, as FLAC; a third more as the text that it is on the page. */
export const MOST_PAGE_FLAC_BYTES = 72 * 2 ** 20;

/** Heard before and after a transition, where there is room. */
const BESIDE_SECONDS = 4;
const LONGEST_SECONDS = 90;
/** Rates that are tried, Hz: all that can be heard, nearly all, and enough to judge a transition by. */
const RATES = [48_000, 32_000, 24_000];
/** What FLAC of 16 bits makes of a sample of loud music, bytes; what takes more is shortened when it is known. */
const USUAL_BYTES_PER_SAMPLE = 1.3;
const CHANNELS = 2;

/** Seconds of a mix that are to be heard. */
export interface ListeningSpan {
  readonly start: number;
  readonly end: number;
  /** What its FLAC may take. */
  readonly bytes: number;
}

export interface ListeningSpans {
  /** One for each transition. */
  readonly spans: readonly ListeningSpan[];
  /** Hz, at most. */
  readonly highestRate: number;
}

/**
 * Which parts of a mix are put on its page: each transition with some seconds around it. When all of them would take too
 * much, first the sampling rate goes down; at the lowest one the longest of them are cut to the same length around their middle.
 */
export function listeningSpans(plan: MixPlan, mostBytes: number = MOST_PAGE_FLAC_BYTES): ListeningSpans {
  const wanted = plan.transitions.map(({ start, end }) => {
    // A plan that was edited may tell of transitions that lie behind its end.
    const within = (seconds: number) => Math.min(plan.seconds, Math.max(0, seconds));
    const [from, to] = [within(start - BESIDE_SECONDS), within(end + BESIDE_SECONDS)];
    return { middle: (from + to) / 2, seconds: Math.min(LONGEST_SECONDS, to - from) };
  });
  const total = wanted.reduce((sum, { seconds }) => sum + seconds, 0);
  const secondsAt = (rate: number) => mostBytes / (Math.min(rate, plan.sampleRate) * CHANNELS * USUAL_BYTES_PER_SAMPLE);
  const highestRate = RATES.find((rate) => total <= secondsAt(rate)) ?? RATES.at(-1)!;
  const longest = evenLimit(
    wanted.map(({ seconds }) => seconds),
    secondsAt(highestRate),
  );
  const cut = wanted.map(({ middle, seconds }) => ({ middle, seconds: Math.min(seconds, longest) }));
  const all = cut.reduce((sum, { seconds }) => sum + seconds, 0);
  return {
    spans: cut.map(({ middle, seconds }) => ({
      start: middle - seconds / 2,
      end: middle + seconds / 2,
      bytes: Math.floor((mostBytes * seconds) / Math.max(all, 1e-9)),
    })),
    highestRate,
  };
}

/** The limit under which lengths sum up to no more than a total: what is shorter keeps its length. */
function evenLimit(lengths: readonly number[], total: number): number {
  const sorted = [...lengths].sort((a, b) => a - b);
  let left = total;
  for (const [index, length] of sorted.entries()) {
    const share = left / (sorted.length - index);
    if (length > share) return share;
    left -= length;
  }
  return Number.POSITIVE_INFINITY;
}
