import type { JoinLoudness, MixPlan, OnsetOffset, ShortTermCurve } from '@tutti/music/mixing';
import type { MixPicture } from '../mix-picture/mix-picture.ts';

/** What was measured at a transition, on the render. */
export interface MeasuredTransition {
  /** How far the beats of both tracks lie apart; null where no beats are laid over each other. */
  readonly offset: OnsetOffset | null;
  readonly loudness: JoinLoudness;
}

/** A part of a mix that can be heard on its page. */
export interface HeardPart {
  /** Seconds of the mix. */
  readonly start: number;
  readonly end: number;
  /** Hz */
  readonly sampleRate: number;
  /** The bytes of a FLAC file. */
  readonly flac: Uint8Array;
}

/** What a report of a mix is drawn from. */
export interface MixReportData {
  readonly title: string;
  readonly plan: MixPlan;
  readonly picture: MixPicture;
  /** Of the whole mix. */
  readonly loudness: {
    readonly integratedLufs: number | null;
    readonly rangeLu: number | null;
    readonly truePeakDb: number | null;
  };
  readonly shortTerm: ShortTermCurve;
  /** One for each transition of the plan. */
  readonly transitions: readonly (MeasuredTransition & { readonly heard: HeardPart | null })[];
}
