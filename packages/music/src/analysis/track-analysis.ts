import type { Mode, PitchName } from '../theory/key.ts';
import type { Statistic } from './timbre/statistics.ts';
import type { StereoImage } from './timbre/stereo-image.ts';

/** Tempo and grid of a track. Seconds count from the first real sample. */
export interface TempoAnalysis {
  /** Beats per minute; null when there is no pulse. */
  readonly bpm: number | null;
  /** 0 to 1 */
  readonly confidence: number;
  readonly kind: 'constant' | 'drifting' | 'none';
  /** Best first; weights sum to at most 1. */
  readonly candidates: readonly { readonly bpm: number; readonly weight: number }[];
  /** Seconds, ascending. */
  readonly beats: readonly number[];
  /** Seconds, ascending; a subset of `beats`. */
  readonly downbeats: readonly number[];
  /** Beats per bar; null when unknown. */
  readonly meter: number | null;
}

export interface KeyAnalysis {
  readonly tonic: PitchName | null;
  readonly mode: Mode | null;
  readonly camelot: string | null;
  readonly openKey: string | null;
  /** 0 to 1 */
  readonly confidence: number;
  /** Frequency of A4 in Hz; null when nothing is pitched. */
  readonly tuningHz: number | null;
  readonly candidates: readonly { readonly tonic: PitchName; readonly mode: Mode; readonly weight: number }[];
  /** The keys that the track goes through, one a stretch, changing at borders of sections; absent where there is no key. */
  readonly sections?:
    | readonly {
        readonly start: number;
        readonly end: number;
        readonly tonic: PitchName;
        readonly mode: Mode;
        /** 0 to 1 */
        readonly confidence: number;
      }[]
    | undefined;
}

/** Loudness over time. What keeps the level even through a transition. */
export interface LoudnessCurve {
  readonly hopSeconds: number;
  /**
   * Short-term loudness: value i covers the 3 s that end at (i + 1) * hopSeconds; null where fewer than 3 s have passed
   * and where it is under the gate of -70 LUFS.
   */
  readonly shortTermLufs: readonly (number | null)[];
  /** Loudness of each hop by itself: value i covers the time from i * hopSeconds on; null where under the gate. */
  readonly hopLufs: readonly (number | null)[];
  /** About what share of that, as power, goes when a mixer takes the bass away: 0 to 1, one for each hop. */
  readonly lowShares: readonly number[];
  /** Loudness of short steps, finer than a beat: value i covers the time from i * seconds on; null where under the gate. */
  readonly step?: { readonly seconds: number; readonly lufs: readonly (number | null)[] } | undefined;
  /**
   * About what each octave from 200 Hz up (the last without an upper end) has of the loudness that is not bass, as power: value i covers
   * the time from i * hopSeconds on, its shares come to 1, or to 0 in silence.
   */
  readonly spectrum?: { readonly hopSeconds: number; readonly shares: readonly (readonly number[])[] } | undefined;
}

/** EBU R 128 and level figures; null where nothing is loud enough to be measured. */
export interface LoudnessAnalysis {
  readonly integratedLufs: number | null;
  readonly shortTermMaxLufs: number | null;
  readonly momentaryMaxLufs: number | null;
  readonly rangeLu: number | null;
  readonly truePeakDb: number | null;
  readonly samplePeakDb: number | null;
  readonly crestDb: number | null;
  /** True peak over integrated loudness (PLR). */
  readonly peakToLoudnessDb: number | null;
  /** True peak over short-term loudness (PSR), the smallest of any 3 s of the track: how far it is squeezed at most. */
  readonly peakToShortTermDb: number | null;
  readonly replayGainDb: number | null;
  readonly curve?: LoudnessCurve;
}

/** How likely somebody sings over time. */
export interface VocalActivity {
  readonly hopSeconds: number;
  /** 0 to 1; value i stands for the time from i * hopSeconds on. */
  readonly values: readonly number[];
  /** 0 to 1 */
  readonly confidence: number;
}

export interface StructureAnalysis {
  readonly sections: readonly {
    readonly start: number;
    readonly end: number;
    /** What it does for the track where that is clear (intro, build, drop, break, outro), else its part. */
    readonly label: string;
    /** 0 to 1, relative to the loudest section */
    readonly energy: number;
    /** A, B and so on: sections of the same part are the same music. */
    readonly part?: string | undefined;
    /** That it begins where it is said to, 0 to 1; the first section begins with the sound. */
    readonly confidence?: number | undefined;
  }[];
  /** Start of each phrase in seconds; each is a downbeat. */
  readonly phrases: readonly number[];
  readonly introEnd: number | null;
  readonly outroStart: number | null;
  readonly cues: readonly {
    readonly time: number;
    /** first-downbeat, mix-in, intro-end, break, drop, outro-start, mix-out */
    readonly kind: string;
    readonly label: string;
    /** 0 to 1 */
    readonly confidence?: number | undefined;
  }[];
  readonly vocals?: VocalActivity | undefined;
}

export interface EnergyAnalysis {
  /** 1 (calm) to 10 (driving); null for silence. */
  readonly level: number | null;
  /** Perceived energy over time, each value 0 to 1. */
  readonly curve: { readonly hopSeconds: number; readonly values: readonly number[] };
}

/** Statistics of several values that belong together. */
export interface StatisticSeries {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/** What a track sounds like; mean and standard deviation over what is not silent, null for silence. */
export interface TimbreAnalysis {
  /** Mean frequency of the spectrum by amplitude, 30 Hz to 16 kHz, in Hz. */
  readonly centroidHz: Statistic | null;
  /** Standard deviation of the spectrum around it, in Hz. */
  readonly spreadHz: Statistic | null;
  /** Below it lie 85 % of the amplitudes, in Hz. */
  readonly rolloffHz: Statistic | null;
  /** Geometric over arithmetic mean of the power, 250 Hz to 8 kHz: 0 (a tone) to 1 (a flat spectrum). */
  readonly flatness: Statistic | null;
  /** Peaks over valleys in dB, at least 0: below 200 Hz and in the six octaves up to 12.8 kHz; 0 beyond the sample rate. */
  readonly contrastDb: StatisticSeries | null;
  /** Cepstral coefficients 0 to 12: orthonormal DCT-II of 40 mel bands (HTK, 30 Hz to 16 kHz) in dB, not liftered. */
  readonly mfcc: StatisticSeries | null;
  readonly zeroCrossingsPerSecond: Statistic | null;
  /** Peaks of the onset curve in a second, from where the track is heard first to where it is heard last. */
  readonly onsetsPerSecond: number | null;
  /** Roughness of the spectral peaks from 55 Hz to 3.4 kHz: 0 to less than 1. */
  readonly dissonance: Statistic | null;
  readonly stereo: StereoImage;
  /** Regularity of the onsets between 0.31 and 4 s: 0 (random, or no pulse) to 1 (they repeat strictly). */
  readonly danceability: number | null;
  /** The centroid over time, null where nothing is heard. */
  readonly curve: { readonly hopSeconds: number; readonly centroidHz: readonly (number | null)[] };
}

/** A vector that lies near those of tracks that sound alike. */
export interface EmbeddingAnalysis {
  /** Which model made it; vectors of different models are not to be compared. */
  readonly model: string;
  /** At most 128 numbers. */
  readonly values: readonly number[];
}

/** What files that hold the same recording have in common, however they were encoded. */
export interface FingerprintAnalysis {
  /** Which model made it; fingerprints of different models are not to be compared. */
  readonly model: string;
  /** Base64 of a 16-bit word, the lower byte first, for every 0.08 s; 0 where nothing is heard. */
  readonly words: string;
}

/** What listening to one track gives. */
export interface TrackAnalysis {
  readonly tempo: TempoAnalysis;
  readonly key: KeyAnalysis;
  readonly loudness: LoudnessAnalysis;
  readonly structure: StructureAnalysis;
  readonly energy: EnergyAnalysis;
  readonly timbre: TimbreAnalysis;
  /** Null for silence and what is too short. */
  readonly embedding: EmbeddingAnalysis | null;
  /** Null for silence, for what is too short, and for what is heard in reels. */
  readonly fingerprint: FingerprintAnalysis | null;
  /** Sentences for people: what is odd about the sound. */
  readonly warnings: readonly string[];
  /** Sentences for people: what cannot be said of a sound with nothing odd about it, and why. */
  readonly notes: readonly string[];
}
