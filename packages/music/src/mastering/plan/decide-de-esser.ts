import { cascadeResponseDb, type FilterBand } from '@tutti/dsp';
import type { MasterStage, StageOf } from '../stage-schemas.ts';
import { filteredHops, filterResponse } from '../trial/filtered-song.ts';
import { bandHops, hopsOverSilence, powerDb, quantile } from './band-hops.ts';
import type { PlanRequest } from './plan-request.ts';

/** Hz. The spectrum of an s has its peak and its mean between them, at 6 to 7 kHz. */
const LOW_HZ = 5000;
const HIGH_HZ = 10_000;
/**
 * Hz. The band is held against what lies above this: below are the voiced sounds of a voice and most of the power of a mix,
 * beside which no sibilant would stand out.
 */
const WHOLE_FROM_HZ = 1000;
/** What is so for more than the rest of the time is how the song sounds: hi-hats, a bright mix. */
const USUAL_SHARE = 0.8;
/** A sibilant stands this far over what is usual in the song, dB; it is lowered from half of that on. */
const OVER_USUAL_DB = 4;
/** And has at least a tenth of the power above 1 kHz, as the de-esser hears it: its slopes leave less than half of an s, dB. */
const LEAST_OF_WHOLE_DB = -10;
/** It is loud as well: so far over the band's own median, dB. */
const OVER_MEDIAN_DB = 9;
/** It is dull beside cymbals, which go on to the top: what is above the band has less than this, dB against the band. */
const MOST_ABOVE_DB = -4;
/** It has no voice: in its tenth of a second the vowels before and behind it are softer by this, dB. */
const VOICE = { lowHz: 200, highHz: 1000, softerDb: 1 };
/** Tenths of a second before and behind that are looked at; the nearest may hold a part of it. */
const NEIGHBOURS = [-5, -4, -3, -2, 2, 3, 4, 5];
/** Fewer, or in less of what sounds, are chance. */
const LEAST_BURSTS = 3;
const LEAST_SHARE = 0.002;
const RATIO = 8;
const KNEE_DB = 6;
const RANGE_DB = 6;
/** What of the band's middle passes the slopes at its ends, linear: 1 / (1 + r^4) at either, for a border at r times the middle. */
const MIDDLE_SHARE = 1 / (1 + (LOW_HZ / HIGH_HZ) ** 2) ** 2;

const half = (shape: 'low-pass' | 'high-pass', frequencyHz: number): FilterBand => ({
  ...{ shape, frequencyHz },
  q: Math.SQRT1_2,
});
/** As the de-esser parts the sound, and what it holds the band against. */
const BAND = [
  half('high-pass', LOW_HZ),
  half('high-pass', LOW_HZ),
  half('low-pass', HIGH_HZ),
  half('low-pass', HIGH_HZ),
];
const WHOLE = [half('high-pass', WHOLE_FROM_HZ)];

/**
 * Softens sibilants: tenths of a second in which the band from 5 to 10 kHz has more of the power above 1 kHz than it has in the
 * song otherwise. What the threshold is, the song says.
 * Stages: ratio of band and whole in each tenth of a second -> the ratio that four fifths of them stay below -> which of those
 * well above it are loud, dull and unvoiced, as sibilants are -> threshold, moved as the filters before move what is usual.
 * @param before stages that come before; those that are no filters are not taken into account
 * Source: A. Jongman, R. Wayland and S. Wong, "Acoustic characteristics of English fricatives", JASA 108 (2000), for the
 *   spectrum of sibilants. The numbers of dB were set on songs, sung and without voice.
 */
export function decideDeEsser(
  { song, filterRate }: Pick<PlanRequest, 'song' | 'filterRate'>,
  before: readonly MasterStage[] = [],
): StageOf<'de-esser'> | null {
  if (filterRate < 2.2 * HIGH_HZ) return null;
  const heard = shares(song, []);
  const sounding = hopsOverSilence(heard.whole);
  if (sounding.length === 0) return null;
  const usual = quantile(sounding.map(heard.ratioDb), USUAL_SHARE);
  const leastDb = Math.max(usual + OVER_USUAL_DB, LEAST_OF_WHOLE_DB);
  const loud =
    10 ** (OVER_MEDIAN_DB / 10) *
    quantile(
      sounding.map((hop) => heard.band[hop]!),
      0.5,
    );
  const standing = sounding.filter((hop) => heard.ratioDb(hop) > leastDb && heard.band[hop]! > loud);
  if (standing.length === 0) return null;
  const sibilant = standing.filter(hissesWithoutVoice(song));
  const bursts = burstsOf(sibilant);
  const share = sibilant.length / sounding.length;
  if (bursts.length < LEAST_BURSTS || share < LEAST_SHARE) return null;
  const behind = shares(song, before);
  const raisedDb = quantile(sounding.map(behind.ratioDb), USUAL_SHARE) - usual;
  const thresholdDb = Math.round(10 * Math.min(0, leastDb - OVER_USUAL_DB / 2 + raisedDb)) / 10;
  const peaks = bursts.map((hops) => Math.max(...hops.map(behind.ratioDb)));
  const lowered = loweredBy(quantile(peaks, 0.5) - thresholdDb);
  return {
    kind: 'de-esser',
    lowHz: LOW_HZ,
    highHz: HIGH_HZ,
    wholeFromHz: WHOLE_FROM_HZ,
    thresholdDb,
    ratio: RATIO,
    rangeDb: RANGE_DB,
    reason:
      `${bursts.length} times, in ${(100 * share).toFixed(1)} % of the sound, the band from 5 to 10 kHz is less than ${(-leastDb).toFixed(1)} dB under all above 1 kHz, ` +
      `where it is ${(-usual).toFixed(1)} dB or more under it for ${100 * USUAL_SHARE} % of the time: sibilants, lowered by about ${lowered.toFixed(1)} dB`,
  };
}

/** Powers of the band and of what it is held against in each tenth of a second, behind some stages. */
function shares(song: PlanRequest['song'], before: readonly MasterStage[]) {
  const beforeDb = filterResponse(before, song.sampleRate);
  const behind = (filters: readonly FilterBand[]) => {
    const responseDb = cascadeResponseDb(filters, song.sampleRate);
    return filteredHops(song, (hertz) => beforeDb(hertz) + responseDb(hertz));
  };
  const [band, whole] = [behind(BAND), behind(WHOLE)];
  return { band, whole, ratioDb: (hop: number) => powerDb(band[hop]!) - powerDb(whole[hop]!) };
}

/** Whether a tenth of a second has the spectrum of a sibilant, and less of a voice than those around it. */
function hissesWithoutVoice({ bands }: Pick<PlanRequest['song'], 'bands'>): (hop: number) => boolean {
  const inside = bandHops(bands, LOW_HZ, HIGH_HZ);
  const above = bandHops(bands, HIGH_HZ, Number.POSITIVE_INFINITY);
  const voice = bandHops(bands, VOICE.lowHz, VOICE.highHz);
  return (hop) => {
    const around = NEIGHBOURS.flatMap((step) => voice[hop + step] ?? []);
    const isDull = powerDb(above[hop]!) - powerDb(inside[hop]!) < MOST_ABOVE_DB;
    return isDull && powerDb(voice[hop]!) < powerDb(quantile(around, 0.5)) - VOICE.softerDb;
  };
}

/** Tenths of a second that follow each other, together. */
function burstsOf(hops: readonly number[]): number[][] {
  const bursts: number[][] = [];
  for (const hop of hops) {
    if (bursts.at(-1)?.at(-1) === hop - 1) bursts.at(-1)!.push(hop);
    else bursts.push([hop]);
  }
  return bursts;
}

/** By how much the middle of the band is softer where it is so far over the threshold, dB. */
function loweredBy(overDb: number): number {
  const bent = overDb < KNEE_DB / 2 ? (overDb + KNEE_DB / 2) ** 2 / (2 * KNEE_DB) : overDb;
  const gain = 10 ** (-Math.min(RANGE_DB, (1 - 1 / RATIO) * bent) / 20);
  return -20 * Math.log10(1 - MIDDLE_SHARE * (1 - gain));
}
