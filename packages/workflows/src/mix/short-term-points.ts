import type { ShortTermCurve } from '@tutti/music/mixing';

const HOP_SECONDS = 0.1;
const WINDOW_SECONDS = 3;
/** At the absolute gate of ITU-R BS.1770 or below it a mix is silent. */
const SILENT_LUFS = -70;

/** Short-term loudness as points of a curve, each in the middle of its 3 s; null where the mix is silent. */
export function shortTermPoints({ values, firstEndSeconds }: ShortTermCurve): { time: number; value: number | null }[] {
  return Array.from(values, (value, i) => ({
    time: firstEndSeconds - WINDOW_SECONDS / 2 + i * HOP_SECONDS,
    value: value > SILENT_LUFS ? value : null,
  }));
}
