/** Nominal middles in Hz of the bands from 20 Hz to 20 kHz. Source: IEC 61260-1:2014, annex E. */
const NOMINAL_HZ = [
  ...[20, 25, 31.5, 40, 50, 63, 80, 100, 125, 160, 200, 250, 315, 400, 500, 630, 800],
  ...[1000, 1250, 1600, 2000, 2500, 3150, 4000, 5000, 6300, 8000, 10_000, 12_500, 16_000, 20_000],
] as const;
/** Where 1000 Hz is in the list. */
const REFERENCE = 17;
/** A band is there when its middle is at most this share of the sample rate: at 44.1 kHz the one of 20 kHz just is. */
const HIGHEST_SHARE = 0.46;

/** A third of an octave. */
export interface ThirdOctaveBand {
  /** Hz, what the band is called. */
  readonly nominalHz: number;
  /** Hz, exact. */
  readonly middleHz: number;
  readonly lowHz: number;
  /** Hz; of the uppermost band not above half the sample rate. */
  readonly highHz: number;
}

/**
 * The third-octave bands from 20 Hz to 20 kHz, as far as a sample rate reaches: tenths of a decade, the one of 1 kHz in the
 * middle, edge to edge.
 * @param sampleRate Hz
 * Source: IEC 61260-1:2014, section 5.
 */
export function thirdOctaveBands(sampleRate: number): ThirdOctaveBand[] {
  return NOMINAL_HZ.map((nominalHz, i) => {
    const at = (tenths: number) => 1000 * 10 ** (tenths / 10);
    const place = i - REFERENCE;
    return {
      nominalHz,
      middleHz: at(place),
      lowHz: at(place - 0.5),
      highHz: Math.min(at(place + 0.5), sampleRate / 2),
    };
  }).filter(({ middleHz }) => middleHz <= HIGHEST_SHARE * sampleRate);
}
