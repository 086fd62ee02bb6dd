import { keyProfile } from '@tutti/music/analysis';
import { type Key, PITCH_NAMES } from '@tutti/music/theory';
import { escapeText, round } from '../svg-text.ts';
import { COLUMN_WIDTH, type Panel, TITLE_HEIGHT, titleLine } from './panel.ts';
import type { AnalysisPicture } from './picture-data.ts';

const BARS_HEIGHT = 130;
const NAMES_HEIGHT = 18;
/** Candidates stand to the right of the pitch classes. */
const BARS_WIDTH = 360;
const STEP = BARS_WIDTH / 12;
const MOST_CANDIDATES = 5;

/** How strong each pitch class is, with the profile of the key that was heard and, where it is another, the true one. */
export function keyPanel({ line: { key }, evidence: { chroma }, truth }: AnalysisPicture): Panel | null {
  if (!key || !chroma) return null;
  const bottom = TITLE_HEIGHT + BARS_HEIGHT;
  const highest = Math.max(...chroma, 1e-9);
  const y = (value: number) => round(bottom - Math.max(0, value / highest) * (BARS_HEIGHT - 12));
  const heard: Key | null = key.tonic && key.mode ? { tonic: key.tonic, mode: key.mode } : null;
  const known = truth?.key ?? null;
  const isRight = heard !== null && known !== null && heard.tonic === known.tonic && heard.mode === known.mode;
  const body = [
    `<rect class="frame" y="${TITLE_HEIGHT}" width="${BARS_WIDTH}" height="${BARS_HEIGHT}" rx="4"/>`,
    ...chroma.map(
      (value, i) =>
        `<rect class="mid" x="${round(i * STEP + 4)}" y="${y(value)}" width="${round(STEP - 8)}" height="${round(bottom - y(value))}"/>` +
        `<text class="sub" x="${round((i + 0.5) * STEP)}" y="${bottom + 14}" text-anchor="middle">${PITCH_NAMES[i]}</text>`,
    ),
    heard ? profileLine(fitted(keyProfile(heard), chroma).map(y), 'heard') : '',
    known && !isRight ? profileLine(fitted(keyProfile(known), chroma).map(y), 'known') : '',
    ...key.candidates.slice(0, MOST_CANDIDATES).map(({ tonic, mode, weight }, i) => {
      const text = `${tonic} ${mode} ${(100 * weight).toFixed(0)} %`;
      const isKnown = known !== null && tonic === known.tonic && mode === known.mode;
      const name = isKnown && !isRight ? 'known-text' : i === 0 ? 'heard-text' : 'sub';
      return `<text class="${name}" x="${BARS_WIDTH + 14}" y="${TITLE_HEIGHT + 16 + 18 * i}">${escapeText(text)}</text>`;
    }),
    titleLine('pitch classes and the profile of the key', noteOf(heard, known, isRight), COLUMN_WIDTH),
  ];
  return { title: 'key profile', width: COLUMN_WIDTH, height: bottom + NAMES_HEIGHT, body: body.join('') };
}

function noteOf(heard: Key | null, known: Key | null, isRight: boolean): string {
  const name = (key: Key) => `${key.tonic} ${key.mode}`;
  if (known === null || isRight) return heard ? `heard ${name(heard)}` : 'no key heard';
  return `heard ${heard ? name(heard) : 'none'}, true ${name(known)}`;
}

/** The profile brought to the mean and the deviation of the chroma: correlation, by which keys are told, sees no more. */
function fitted(profile: readonly number[], chroma: readonly number[]): number[] {
  const [own, target] = [momentsOf(profile), momentsOf(chroma)];
  const scale = own.deviation > 0 ? target.deviation / own.deviation : 0;
  return profile.map((value) => target.mean + scale * (value - own.mean));
}

function momentsOf(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, deviation: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) };
}

function profileLine(heights: readonly number[], name: 'heard' | 'known'): string {
  return `<path class="${name}" d="M${heights.map((y, i) => `${round((i + 0.5) * STEP)},${y}`).join('L')}"/>`;
}
