import { clockTime } from '@tutti/exchange';
import { gainAt, type MixableTrack, type MixPlan, type MixPlanTrack, sourceSecondsAt } from '@tutti/music/mixing';

/** Eight heights, and nothing. */
const BLOCKS = ' ▁▂▃▄▅▆▇█';
const LETTERS = ' .:-=+*#@';
/** From the lowest height to the target's; louder fills the line. */
const DEPTH_DB = 24;
const HEADROOM_DB = 3;
const FEWEST_COLUMNS = 20;
const LABEL_COLUMNS = 12;

export interface TextPictureOptions {
  /** Of the whole picture. */
  readonly columns: number;
  /** Where the terminal has block characters. */
  readonly unicode: boolean;
}

/** A mix in text: a line for each track, as high as it is loud in the mix, over one time axis. */
export function textPicture(
  plan: MixPlan,
  tracks: readonly MixableTrack[],
  { columns, unicode }: TextPictureOptions,
): string[] {
  const digits = String(plan.tracks.length).length;
  const width = Math.max(FEWEST_COLUMNS, columns - digits - 2);
  const heights = unicode ? BLOCKS : LETTERS;
  const seconds = plan.seconds / width;
  const rows = plan.tracks.map((track, index) => {
    const line = Array.from({ length: width }, (_, column) => {
      const at = (column + 0.5) * seconds;
      // A track that is shorter than a column is still there.
      const isHeard = track.start < at + seconds / 2 && track.end > at - seconds / 2;
      return isHeard ? heights[heightAt(plan, track, tracks[index]!, at, heights.length - 1)]! : ' ';
    });
    return `${String(index + 1).padStart(digits)}  ${line.join('').trimEnd()}`;
  });
  return [timeLine(plan.seconds, width, digits + 2), ...rows];
}

function heightAt(plan: MixPlan, track: MixPlanTrack, { analysis }: MixableTrack, at: number, most: number): number {
  const inside = Math.min(track.end, Math.max(track.start, at));
  const { curve, integratedLufs } = analysis.loudness;
  const hop = curve ? Math.floor(sourceSecondsAt(track.timeMap, inside) / curve.hopSeconds) : 0;
  const lufs = curve ? curve.hopLufs[Math.min(curve.hopLufs.length - 1, Math.max(0, hop))] : integratedLufs;
  const gain = gainAt(track.level, inside);
  if (lufs === null || lufs === undefined || gain <= 0) return 1;
  const over = lufs + track.gainDb + 20 * Math.log10(gain) - (plan.master.targetLufs + HEADROOM_DB - DEPTH_DB);
  return Math.min(most, Math.max(1, Math.ceil((most * over) / DEPTH_DB)));
}

/** Times over the picture, each where it is. */
function timeLine(seconds: number, width: number, indent: number): string {
  const marks = Math.max(1, Math.floor(width / LABEL_COLUMNS));
  const labels = Array.from({ length: marks }, (_, mark) => {
    const column = Math.round((mark * width) / marks);
    return clockTime((column * seconds) / width).padEnd(Math.round(((mark + 1) * width) / marks) - column);
  });
  return ' '.repeat(indent) + labels.join('').trimEnd();
}
