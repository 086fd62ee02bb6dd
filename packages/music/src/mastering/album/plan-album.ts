import type { Kernels } from '@tutti/dsp';
import { MasteringError } from '../mastering-error.ts';
import type { MeasuredSong } from '../measure/measured-song.ts';
import { type PlanMasterOptions, planMaster } from '../plan/plan-master.ts';
import type { PlanRequest } from '../plan/plan-request.ts';
import { wantedBalance } from '../plan/wanted-balance.ts';
import type { MasterPlan } from '../plan-schema.ts';
import { balanceOf } from '../reference/match-reference.ts';
import { masterStyle, USUAL_STYLE } from '../styles/find-style.ts';
import { masterTarget, USUAL_TARGET } from '../targets/find-target.ts';

export interface AlbumSong {
  readonly song: MeasuredSong;
  readonly source: PlanMasterOptions['source'];
}

/** Softest and loudest that a track of an album may be asked to be, LUFS. */
const SOFTEST_LUFS = -60;
const LOUDEST_LUFS = -5;
/** What a track may miss of its loudness before all are made softer, LU. */
const SHORT_LU = 0.1;
/** How far apart the balances of an album's tracks may be, against those of all songs. */
const SAME_SOUND = 0.3;

/**
 * Plans the tracks of an album together: they keep their loudness relations, and are led to one sound.
 * Stages: loudness of the album (mean energy of its tracks, by their lengths) -> one gain to the target for all -> the mean
 * balance of the tracks, led to within the tolerance of the wanted one, is what each track is led to -> where the limiter of a
 * track would have to take too much, all tracks are softer by as much.
 * @returns one plan a song, in their order
 * @throws MasteringError 'invalid-option' when there is no song; as `planMaster`
 */
export function planAlbum(
  songs: readonly AlbumSong[],
  kernels: Kernels,
  options: Omit<PlanMasterOptions, 'source'> = {},
): MasterPlan[] {
  if (songs.length === 0) throw new MasteringError('invalid-option', 'an album has at least one song');
  const { target = masterTarget(USUAL_TARGET), style = masterStyle(USUAL_STYLE) } = options;
  const wanted = options.wanted ?? oneSound(songs, wantedBalance(style), style.equaliser.tolerance);
  const album = albumLoudness(songs);
  const plans = (offset: number) =>
    songs.map(({ song, source }) => {
      const lufs = song.figures.integratedLufs;
      const loudnessLufs = lufs === null || target.loudnessLufs === null ? null : bounded(lufs + offset);
      return planMaster(song, kernels, { ...options, source, style, wanted, target: { ...target, loudnessLufs } });
    });
  if (album === null || target.loudnessLufs === null) return plans(0);
  const offset = target.loudnessLufs - album;
  const first = plans(offset);
  const short = Math.max(
    0,
    ...first.map(({ target: { loudnessLufs }, expected: { integratedLufs } }) =>
      loudnessLufs === null || integratedLufs === null ? 0 : loudnessLufs - integratedLufs,
    ),
  );
  if (short <= SHORT_LU) return first;
  const words = `The album is ${short.toFixed(1)} LU softer than ${target.loudnessLufs.toFixed(1)} LUFS, so that its tracks keep their relations: one of them cannot be louder.`;
  return plans(offset - short).map((plan) => ({ ...plan, warnings: [...plan.warnings, words] }));
}

function bounded(lufs: number): number {
  return Math.round(100 * Math.min(LOUDEST_LUFS, Math.max(SOFTEST_LUFS, lufs))) / 100;
}

/** Loudness of the tracks one after the other, without their silences; null when all are silent. */
function albumLoudness(songs: readonly AlbumSong[]): number | null {
  let energy = 0;
  let seconds = 0;
  for (const { song } of songs) {
    if (song.figures.integratedLufs === null) continue;
    const length = song.frames / song.sampleRate;
    energy += length * 10 ** (song.figures.integratedLufs / 10);
    seconds += length;
  }
  return seconds > 0 ? 10 * Math.log10(energy / seconds) : null;
}

/** The mean balance of the songs, led to within the tolerance of the wanted one; the songs differ less than all songs do. */
function oneSound(
  songs: readonly AlbumSong[],
  wanted: PlanRequest['wanted'],
  tolerance: number,
): PlanRequest['wanted'] {
  const curves = songs
    .filter(({ song }) => song.figures.integratedLufs !== null)
    .map(({ song }) => balanceOf(song.figures));
  const mean = (frequencyHz: number) => {
    const aligned = curves.map((curve) => curve(frequencyHz) - curve(1000));
    return aligned.reduce((sum, level) => sum + level, 0) / Math.max(1, aligned.length);
  };
  return {
    ...wanted,
    name: `the sound of the album, led to ${wanted.name}`,
    levelDb: (frequencyHz) => {
      const middle = wanted.levelDb(frequencyHz) - wanted.levelDb(1000);
      const most = tolerance * wanted.toleranceDb(frequencyHz);
      return Math.min(middle + most, Math.max(middle - most, mean(frequencyHz)));
    },
    toleranceDb: (frequencyHz) => SAME_SOUND * wanted.toleranceDb(frequencyHz),
  };
}
