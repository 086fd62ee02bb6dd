import type { StageOf } from '../stage-schemas.ts';
import type { PlanRequest } from './plan-request.ts';

/** A factor nearer to 1 is left out. */
const LEAST_CHANGE = 0.03;
/** Share of side below the border from which on mono bass changes anything. */
const LEAST_BASS_SIDE = 0.005;
/** Below this correlation bass cancels in mono. */
const BASS_OUT_OF_PHASE = 0;
const PHASE_BORDER_HZ = 120;
/** What is this much out of phase is not widened. */
const LEAST_CORRELATION = 0.2;

/** Side against mid, and bass in the middle. */
export function decideWidth({ song, style, target }: PlanRequest): StageOf<'width'> | null {
  const { width: share, correlation, bands } = song.figures;
  if (share === null || song.channels < 2) return null;
  const reasons: string[] = [];
  const { narrowest, widest, wanted } = style.width;
  let width = 1;
  if (wanted !== null && share > 0.001 && share < 0.999) {
    const half = (share + wanted) / 2;
    const factor = Math.sqrt((half / (1 - half)) * ((1 - share) / share));
    const bounded = Math.min(widest, Math.max(narrowest, factor));
    const refused = bounded > 1 && (correlation ?? 1) < LEAST_CORRELATION;
    if (!refused && Math.abs(bounded - 1) >= LEAST_CHANGE) {
      width = Math.round(100 * bounded) / 100;
      reasons.push(
        `side has ${percent(share)} of the power and ${style.name} wants ${percent(wanted)}: side times ${width.toFixed(2)}`,
      );
    }
  }
  const bass = (border: number) => bands.filter(({ frequencyHz, levelDb }) => frequencyHz < border && levelDb !== null);
  const border = target.monoBelowHz ?? style.width.monoBelowHz;
  let monoBelowHz: number | null = null;
  const sideBelow = (hertz: number) => Math.max(0, ...bass(hertz).map((band) => band.width ?? 0));
  const worst = Math.min(1, ...bass(PHASE_BORDER_HZ).map((band) => band.correlation ?? 1));
  if (border !== null && sideBelow(border) > LEAST_BASS_SIDE) {
    monoBelowHz = border;
    const asker = target.monoBelowHz !== null ? `the target ${target.name}` : style.name;
    reasons.push(`up to ${percent(sideBelow(border))} of a band below ${border} Hz is side and ${asker} wants it mono`);
  } else if (worst < BASS_OUT_OF_PHASE) {
    monoBelowHz = PHASE_BORDER_HZ;
    reasons.push(
      `a band below ${PHASE_BORDER_HZ} Hz has a correlation of ${worst.toFixed(2)} and cancels in mono: mono there`,
    );
  }
  if (width === 1 && monoBelowHz === null) return null;
  return { kind: 'width', width, monoBelowHz, reason: reasons.join('; ') };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
