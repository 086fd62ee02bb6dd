import type { AnalysisLine } from '@tutti/contract';
import type { SetTrack } from '@tutti/exchange';
import type { MixPlan, MixPlanTrack } from '@tutti/music/mixing';

/** The tracks of a plan in the order in which they are heard. */
export function inOrderOfMix({ tracks }: MixPlan): MixPlanTrack[] {
  return tracks.toSorted((a, b) => a.start - b.start);
}

/**
 * The tracks of a mix with the moment at which each takes over: the middle of the time in which it and the one before it are
 * heard together, as in the picture of the mix.
 * @param analyses by audio hash; artist and title are told apart where a track's tags do so
 */
export function setTracks(plan: MixPlan, analyses: ReadonlyMap<string, AnalysisLine>): SetTrack[] {
  const tracks = inOrderOfMix(plan);
  return tracks
    .map((track, i) => {
      const before = tracks[i - 1];
      const together = before ? Math.max(0, Math.min(before.end, track.end) - track.start) : 0;
      return { seconds: track.start + together / 2, ...namesOf(track, analyses.get(track.audioHash)) };
    })
    .sort((a, b) => a.seconds - b.seconds);
}

/** Title and artist by the tags, else the one name that the plan has. */
export function namesOf(track: MixPlanTrack, line: AnalysisLine | undefined): { title: string; artist: string | null } {
  const { title = null, artist = null } = line?.tags ?? {};
  return title === null ? { title: track.title, artist: null } : { title, artist };
}
