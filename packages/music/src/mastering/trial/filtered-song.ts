import { cascadeResponseDb, lufsToEnergy, predictBlockEnergies } from '@tutti/dsp';
import { bandsOf, rumbleBands } from '../chain/filter-stages.ts';
import type { MeasuredSong } from '../measure/measured-song.ts';
import type { MasterStage } from '../stage-schemas.ts';

/** Energies of the whole song behind the linear filters among some stages, which are known from its band levels. */
export interface FilteredSong {
  /** Of 400 ms, K-weighted, moved by 100 ms. */
  readonly blocks: Float64Array;
  /** Mean squares of tenths of a second. */
  readonly hops: Float64Array;
}

/** @param stages those that are not filters do nothing here */
export function filteredSong(song: MeasuredSong, stages: readonly MasterStage[]): FilteredSong {
  const responseDb = filterResponse(stages, song.sampleRate);
  const offset = stages.find((stage) => stage.kind === 'rumble-filter')?.offset ?? [];
  const constant = offset.reduce((sum, value) => sum + value * value, 0) / Math.max(1, offset.length);
  return { blocks: filteredBlocks(song, responseDb), hops: filteredHops(song, responseDb, constant) };
}

/** What the linear filters among the stages do to a frequency, dB. */
export function filterResponse(stages: readonly MasterStage[], sampleRate: number): (frequencyHz: number) => number {
  const bands = stages.flatMap((stage) => {
    if (stage.kind === 'rumble-filter') return rumbleBands(stage);
    return stage.kind === 'equaliser' ? bandsOf(stage) : [];
  });
  return cascadeResponseDb(bands, sampleRate);
}

/** Energies of the gating blocks behind linear filters. */
function filteredBlocks({ loudness, bands }: MeasuredSong, responseDb: (frequencyHz: number) => number): Float64Array {
  const plain = predictBlockEnergies(bands);
  const filtered = predictBlockEnergies(bands, responseDb);
  return Float64Array.from(loudness.momentary, (lufs, i) => {
    const share = (plain[i] ?? 0) > 0 ? filtered[i]! / plain[i]! : 1;
    return lufsToEnergy(lufs) * share;
  });
}

/** Mean squares of tenths of a second behind linear filters, and without a constant of so much power. */
export function filteredHops(
  { bands }: Pick<MeasuredSong, 'bands'>,
  responseDb: (frequencyHz: number) => number,
  constant = 0,
): Float64Array {
  const { bands: octaves, columns, perHop, hops } = bands;
  const middles = [...octaves.map(({ middleHz }) => middleHz), octaves[0]!.lowHz / 2, octaves.at(-1)!.highHz];
  const gains = middles.map((hertz) => 10 ** (responseDb(hertz) / 10));
  const below = octaves.length;
  return Float64Array.from({ length: hops }, (_, hop) => {
    let sum = 0;
    for (let column = 0; column < columns; column++) {
      const at = hop * columns + column;
      const power = (perHop.left[at]! + perHop.right[at]!) / 2;
      sum += gains[column]! * (column === below ? Math.max(0, power - constant) : power);
    }
    return sum;
  });
}
