import { cascadeResponseDb } from '@tutti/dsp';
import { bandsOf } from '../../mastering/chain/filter-stages.ts';
import type { MeasuredSong } from '../../mastering/measure/measured-song.ts';
import type { StageOf } from '../../mastering/stage-schemas.ts';
import { BalancingError } from '../balancing-error.ts';
import type { HeardStem } from '../listen/hear-stem.ts';
import {
  type BalancePlan,
  MOST_STEMS,
  type PlannedStem,
  type ReferenceDistance,
  type StemStage,
} from '../plan-schema.ts';
import {
  type HeardReference,
  hearReference,
  type MixedStems,
  type ReferenceMix,
  referenceDistance,
} from '../reference/compare-reference.ts';
import type { BalanceFigures } from '../result/balance-meter.ts';
import { type DecidedGain, decideGains } from './decide-gains.ts';
import { decideMasking } from './decide-masking.ts';
import { decidePans } from './decide-pans.ts';
import { decideRoom } from './decide-room.ts';
import { findCopies, findMix, type LeftOutStem } from './find-mixes.ts';
import { sumOf } from './lead-spectrum.ts';
import { type AudibleStem, audibleStems, filteredLu, mixBands, togetherLufs } from './stem-levels.ts';
import type { StemToMix } from './stem-to-mix.ts';
import { warningsOnStems } from './warnings-on-stems.ts';

export interface PlanStemsOptions {
  readonly target: BalancePlan['target'];
  readonly output: Omit<BalancePlan['output'], 'sampleRate'>;
  /** A mix to be led towards. */
  readonly reference?: ReferenceMix | undefined;
}

export interface PlannedBalance {
  readonly plan: BalancePlan;
  /** How far a finished mix is from the reference; null without one. */
  readonly distanceOf: ((figures: BalanceFigures, mix: MeasuredSong) => ReferenceDistance) | null;
}

/** How far other music leads levels towards its spectrum. */
const REFERENCE_LEADS = { mostLu: 6, looseDb: 0.7 };

/**
 * Plans a mix up to its bus: what each stem is taken for, what is done to it, how loud and where it is. The mix has the highest
 * rate among the stems, begins with all of them, and lasts until the longest has ended and the room has decayed; the same stems and options give the same plan.
 * @param stems at least one
 * @throws BalancingError 'invalid-option' without stems or with too many
 */
export function planStems(stems: readonly StemToMix[], options: PlanStemsOptions): PlannedBalance {
  if (stems.length === 0) throw new BalancingError('invalid-option', 'there are no stems to mix');
  if (stems.length > MOST_STEMS)
    throw new BalancingError('invalid-option', `there are ${stems.length} stems; a mix has at most ${MOST_STEMS}`);
  const heard = stems.map((stem) => stem.heard);
  const seconds = Math.max(...stems.map(({ source }) => source.seconds));
  const sampleRate = Math.max(...heard.map((stem) => stem.sampleRate));
  const copies = findCopies(
    heard,
    stems.map(({ source }) => source.audioHash),
  );
  const distinct = audibleStems(heard, seconds).filter(({ index }) => copies.every((copy) => copy.index !== index));
  const mix = findMix(distinct);
  const leftOut = mix === null ? copies : [...copies, mix];
  const audible = distinct.filter(({ index }) => index !== mix?.index);
  const bandsHz = mixBands(heard);
  const reference = options.reference === undefined ? null : hearReference(options.reference, audible);
  const request = {
    loudnessLufs: options.target.loudnessLufs,
    spectrum: reference === null ? null : { ...REFERENCE_LEADS, levelDb: reference.levelDb },
    known: reference?.known ?? null,
  };
  const first = decideGains(
    audible,
    audible.map(() => 0),
    bandsHz,
    request,
  );
  const equalisers = decideMasking(
    audible,
    first.map(({ gain }) => gain.gainDb),
    sampleRate,
  );
  const filtered = audible.map(({ bands }, i) => {
    const equaliser = equalisers[i];
    return equaliser ? filteredLu(bands, bandsHz, cascadeResponseDb(bandsOf(equaliser), sampleRate)) : 0;
  });
  const gains = decideGains(audible, filtered, bandsHz, request);
  const pans = decidePans(audible);
  const { room, sends } = decideRoom(audible, { sampleRate, isKnown: reference?.known != null });
  const planned = stems.map((stem, index): PlannedStem => {
    const at = audible.findIndex((each) => each.index === index);
    const decided =
      at < 0 ? null : { gain: gains[at]!, pan: pans[at]!, send: sends[at]!, equaliser: equalisers[at] ?? null };
    return plannedStem(
      stem,
      decided,
      leftOut.find((each) => each.index === index),
      gains,
    );
  });
  const plan: BalancePlan = {
    schema: 'tutti.balance-plan/1',
    seconds: seconds + (room?.decaySeconds ?? 0),
    stems: planned,
    room,
    bus: { stages: [] },
    target: options.target,
    output: { sampleRate, ...options.output },
    reference: reference && comparisonOf(reference, audible, { gains, equalisers, bandsHz, sampleRate }),
    expected: { integratedLufs: null, truePeakDb: null },
    warnings: warningsOnStems(stems, planned),
  };
  const distanceOf = (figures: BalanceFigures, { bands: { bands, whole } }: MeasuredSong) =>
    referenceDistance(
      reference!,
      {
        relativeLu: audible.map(({ index }) => figures.stems[index]!.relativeLu ?? Number.NEGATIVE_INFINITY),
        bands: Float64Array.from(bands, (_, band) => whole.left[band]! + whole.right[band]!),
      },
      bands.map(({ nominalHz }) => nominalHz),
    );
  return { plan, distanceOf: reference === null ? null : distanceOf };
}

interface DecidedStem {
  readonly gain: DecidedGain;
  readonly pan: PlannedStem['pan'];
  readonly send: PlannedStem['send'];
  readonly equaliser: StageOf<'equaliser'> | null;
}

function plannedStem(
  { heard, source }: StemToMix,
  decided: DecidedStem | null,
  leftOut: LeftOutStem | undefined,
  gains: readonly DecidedGain[],
): PlannedStem {
  const { integratedLufs, momentaryMaxLufs, truePeakDb, crestDb } = heard.figures;
  const common = {
    name: heard.name,
    source,
    recognised: recognisedOf(heard),
    measured: { integratedLufs, momentaryMaxLufs, truePeakDb, crestDb },
    startSeconds: 0,
  };
  if (decided === null) {
    const silent = heard.recognised === null || truePeakDb === null;
    const mean = gains.reduce((sum, { gain }) => sum + gain.gainDb, 0) / Math.max(1, gains.length);
    const reason =
      leftOut?.reason ??
      (silent
        ? 'it is silent'
        : 'it is too short or too soft to have a loudness: it is moved as the others are in the mean');
    return {
      ...common,
      muted: leftOut !== undefined || silent,
      stages: [],
      gain: { gainDb: leftOut || silent ? 0 : Math.round(10 * mean) / 10, reason },
      pan: { position: 0, reason: 'it stays where it is' },
      send: { levelDb: null, reason: 'it is not sent to the room' },
      expectedLu: null,
    };
  }
  return {
    ...common,
    muted: false,
    stages: withEqualiser(heard.stages, decided.equaliser),
    gain: decided.gain.gain,
    pan: decided.pan,
    send: decided.send,
    // A zero without a sign.
    expectedLu: Math.round(100 * decided.gain.expectedLu) / 100 + 0,
  };
}

function recognisedOf({ recognised, name }: HeardStem): PlannedStem['recognised'] {
  if (recognised === null)
    return {
      ...{ kind: 'other', confidence: null, bySound: null, byName: null, followed: 'neither' },
      reason: `${name} is silent: there is nothing to tell its kind by`,
    };
  const rounded = (value: number) => Math.round(1000 * value) / 1000;
  return {
    ...recognised,
    confidence: rounded(recognised.confidence),
    bySound: { ...recognised.bySound, confidence: rounded(recognised.bySound.confidence) },
  };
}

/** In the order of the chain: behind a low cut, before what follows the level. */
function withEqualiser(stages: readonly StemStage[], equaliser: StageOf<'equaliser'> | null): StemStage[] {
  if (equaliser === null) return [...stages];
  const before = stages.filter(({ kind }) => kind === 'rumble-filter');
  return [...before, equaliser, ...stages.filter(({ kind }) => kind !== 'rumble-filter')];
}

/** The stems as they came and as they are planned, beside the reference. */
function comparisonOf(
  reference: HeardReference,
  stems: readonly AudibleStem[],
  planned: {
    readonly gains: readonly DecidedGain[];
    readonly equalisers: readonly (StageOf<'equaliser'> | null)[];
    readonly bandsHz: readonly number[];
    readonly sampleRate: number;
  },
): BalancePlan['reference'] {
  const { gains, equalisers, bandsHz, sampleRate } = planned;
  const loudness = stems.map(({ heard }) => heard.figures.integratedLufs!);
  const together = togetherLufs(loudness);
  const came: MixedStems = {
    relativeLu: loudness.map((lufs) => lufs - together),
    bands: sumOf(
      stems.map(({ bands }) => bands),
      stems.map(() => 0),
    ),
  };
  const filtered = stems.map(({ bands }, i) => {
    const equaliser = equalisers[i];
    if (!equaliser) return bands;
    const response = cascadeResponseDb(bandsOf(equaliser), sampleRate);
    return bands.map((power, band) => power * 10 ** (response(bandsHz[band]!) / 10));
  });
  const mixed: MixedStems = {
    relativeLu: gains.map(({ expectedLu }) => expectedLu),
    bands: sumOf(
      filtered,
      gains.map(({ gain }) => gain.gainDb),
    ),
  };
  const percent = `${(100 * reference.explained).toFixed(0)} %`;
  return {
    path: reference.mix.path,
    sameMusic: reference.known !== null,
    before: referenceDistance(reference, came, bandsHz),
    planned: referenceDistance(reference, mixed, bandsHz),
    reason:
      reference.known === null
        ? `the stems explain ${percent} of it with the best of gains: it is other music, whose spectrum alone the levels are led towards, by up to ${REFERENCE_LEADS.mostLu} LU`
        : `the stems explain ${percent} of it with the best of gains: it is a mix of them, and each is led to its loudness in it`,
  };
}
