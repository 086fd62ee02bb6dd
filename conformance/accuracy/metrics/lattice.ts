import { seededRandom } from '@tutti/music/set-planning';

const SAMPLE_RATES = [22_050, 44_100, 48_000] as const;
const HOPS = [256, 441, 512, 1024] as const;
/** Relative distance from a lattice point that counts as on it. */
const EXACT = 1e-6;
/** Tempi printed with so few decimals are compared with the lattice rounded alike. */
const MOST_ROUNDED_DECIMALS = 4;
/** Chance is estimated from this many tempi drawn around each. */
const DRAWS = 20;
const DRAW_SPREAD = 0.02;
const SEED = 1;
/** Fewer tempi tell nothing. */
const FEWEST = 5;

export interface Lattice {
  readonly sampleRate: number;
  readonly hop: number;
  /** Share of the tempi that lie on it, and the share of any tempi that would. */
  readonly share: number;
  readonly byChance: number;
}

/**
 * How many tempi coincide with 60 * sampleRate / (hop * k) for a whole k: a tracker that answers with the lag of a
 * periodicity, without interpolation, has them all there. Whole tempi are left out, since music is made at such.
 * @param bpms tempi that were answered
 * @returns the lattice with the largest share over chance; null for fewer than five tempi that are not whole
 */
export function worstLattice(bpms: readonly number[]): Lattice | null {
  const broken = bpms.filter((bpm) => Math.abs(bpm - Math.round(bpm)) > 1e-9);
  if (broken.length < FEWEST) return null;
  const most = broken.reduce((digits, bpm) => Math.max(digits, decimalsOf(bpm)), 0);
  const decimals = most <= MOST_ROUNDED_DECIMALS ? most : null;
  const lattices = SAMPLE_RATES.flatMap((sampleRate) =>
    HOPS.map((hop): Lattice => {
      const product = (60 * sampleRate) / hop;
      const random = seededRandom(SEED);
      const around = broken.flatMap((bpm) =>
        Array.from({ length: DRAWS }, () => {
          const drawn = bpm * (1 + DRAW_SPREAD * (2 * random() - 1));
          return decimals === null ? drawn : roundTo(drawn, decimals);
        }),
      );
      const share = (values: readonly number[]) =>
        values.filter((bpm) => isOnLattice(bpm, product, decimals)).length / values.length;
      return { sampleRate, hop, share: share(broken), byChance: share(around) };
    }),
  );
  return lattices.reduce((worst, lattice) =>
    lattice.share - lattice.byChance > worst.share - worst.byChance ? lattice : worst,
  );
}

/** @param product 60 times the frame rate */
function isOnLattice(bpm: number, product: number, decimals: number | null): boolean {
  const lag = product / bpm;
  return [Math.floor(lag), Math.ceil(lag)].some((whole) => {
    if (whole < 1) return false;
    const point = product / whole;
    if (Math.abs(point - bpm) <= EXACT * bpm) return true;
    return decimals !== null && Math.abs(roundTo(point, decimals) - bpm) <= 1e-9;
  });
}

function decimalsOf(value: number): number {
  const text = String(value);
  return text.includes('e') ? Number.POSITIVE_INFINITY : (text.split('.')[1]?.length ?? 0);
}

function roundTo(value: number, decimals: number): number {
  return Math.round(value * 10 ** decimals) / 10 ** decimals;
}
