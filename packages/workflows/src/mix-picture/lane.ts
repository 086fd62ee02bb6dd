import { clockTime, escapeText, round } from '../svg-text.ts';

/** A track as it sounds in the mix. */
export interface Lane {
  readonly title: string;
  /** Camelot code; null when the track has no key. */
  readonly camelot: string | null;
  readonly bpm: number | null;
  /** Seconds of the mix. */
  readonly start: number;
  readonly end: number;
  /** Peak amplitude, 0 to 1, of the bands below 200 Hz, to 2 kHz and above, each `hopSeconds` of the mix from `start`. */
  readonly waveform: {
    readonly hopSeconds: number;
    readonly low: readonly number[];
    readonly mid: readonly number[];
    readonly high: readonly number[];
  };
  /** Semitones that its pitch is moved by. */
  readonly keyShift: number;
  /** What is done to it, in seconds of the mix. */
  readonly effects: readonly { readonly name: string; readonly start: number; readonly end: number }[];
  /** Seconds of the mix. */
  readonly downbeats: readonly number[];
  readonly phrases: readonly number[];
}

/** Pixels that the line above a lane may take. */
const LONGEST_LABEL = 260;
/** Of the names of effects. */
const PIXELS_PER_LETTER = 5;
const EFFECT_ROW = 11;
const NO_KEY_COLOUR = '#9aa4b5';

/** The Camelot wheel as hues: neighbours on the wheel look alike, and minor (A) is darker than major (B). */
export function keyColour(camelot: string | null): string {
  const parts = /^(\d{1,2})([AB])$/.exec(camelot ?? '');
  if (!parts) return NO_KEY_COLOUR;
  const hue = Math.round(((Number(parts[1]) - 1) * 30 + 170) % 360);
  return `hsl(${hue} 70% ${parts[2] === 'A' ? 52 : 64}%)`;
}

/** Closed outline of a mirrored envelope. */
function envelope(
  values: readonly number[],
  hopSeconds: number,
  start: number,
  x: (time: number) => number,
  middle: number,
  reachOf: (value: number) => number,
): string {
  const upper: string[] = [];
  const lower: string[] = [];
  for (let i = 0; i < values.length; i++) {
    const at = x(start + (i + 0.5) * hopSeconds);
    const reach = reachOf(values[i]!);
    upper.push(`${at},${round(middle - reach)}`);
    lower.push(`${at},${round(middle + reach)}`);
  }
  return upper.length === 0 ? '' : `M${upper.join('L')}L${lower.reverse().join('L')}Z`;
}

/** A lane as it is drawn: what grows with the time axis, and what is written, which does not. */
export interface DrawnLane {
  readonly shapes: string;
  readonly label: string;
}

/** Marks of effects: a line under the wave from start to end, with the name over it; one below the other where they overlap. */
function effectMarks(effects: Lane['effects'], x: (time: number) => number, bottom: number): DrawnLane[] {
  const rows: number[] = [];
  return effects
    .toSorted((a, b) => a.start - b.start)
    .map(({ name, start, end }) => {
      const left = x(start);
      const right = Math.max(left + 2, x(end));
      const free = rows.findIndex((taken) => taken <= left);
      const row = free < 0 ? rows.length : free;
      rows[row] = Math.max(right, left + PIXELS_PER_LETTER * name.length);
      const y = bottom - 3 - EFFECT_ROW * row;
      return {
        shapes: `<path class="effect" d="M${left},${y}H${right}"><title>${escapeText(`${name}, ${clockTime(start)} to ${clockTime(end)}`)}</title></path>`,
        label: `<text class="effect-name" x="${left}" y="${y - 3}" data-from="${left}" data-to="${round(right)}">${escapeText(name)}</text>`,
      };
    });
}

interface LaneStyle {
  /** The amplitude that fills the height; larger ones are cut off. */
  readonly fullScale: number;
  /** Nothing is written right of it. */
  readonly rightEdge: number;
  /** Draw bars however close they are. */
  readonly everyBar: boolean;
}

/** One lane of the picture, `height` pixels from `top`. */
export function drawLane(
  lane: Lane,
  x: (time: number) => number,
  top: number,
  height: number,
  { fullScale, rightEdge, everyBar }: LaneStyle,
): DrawnLane {
  const left = x(lane.start);
  const width = round(Math.max(2, x(lane.end) - left));
  const wave = { top: top + 18, height: height - 20 };
  const middle = round(wave.top + wave.height / 2);
  const colour = keyColour(lane.camelot);
  const { hopSeconds, low, mid, high } = lane.waveform;
  const outline = (values: readonly number[]) =>
    envelope(values, hopSeconds, lane.start, x, middle, (value) => (Math.min(1, value / fullScale) * wave.height) / 2);
  const ticks = (times: readonly number[], name: string) => {
    const path = times.map((time) => `M${x(time)},${wave.top}v${wave.height}`).join('');
    const apart = times.length > 1 ? round(width / times.length) : 0;
    return path ? `<path class="${name}" data-apart="${apart}" d="${path}"/>` : '';
  };
  // Bars closer than a few pixels are a grey wash that tells nothing: show phrases alone then.
  const pixelsPerBar = lane.downbeats.length > 1 ? width / lane.downbeats.length : 0;
  // A name that would run out of the picture ends where the picture does.
  const crowded = left > rightEdge - LONGEST_LABEL;
  const label = crowded ? `x="${rightEdge}" text-anchor="end"` : `x="${left}"`;
  const shift = lane.keyShift === 0 ? '' : ` ${lane.keyShift > 0 ? '+' : '−'}${Math.abs(lane.keyShift)}`;
  const facts = [
    `${lane.camelot ?? 'no key'}${shift}`,
    lane.bpm === null ? 'no tempo' : `${lane.bpm.toFixed(1)} BPM`,
    clockTime(lane.start),
  ];
  const marks = effectMarks(lane.effects, x, wave.top + wave.height);
  const shapes = [
    `<g><title>${escapeText(`${lane.title}, ${facts.join(', ')}`)}</title>`,
    `<rect class="frame" x="${left}" y="${wave.top}" width="${width}" height="${wave.height}" rx="4"/>`,
    `<path class="low" fill="${colour}" d="${outline(low)}"/>`,
    `<path class="mid" fill="${colour}" style="filter:brightness(1.5)" d="${outline(mid)}"/>`,
    `<path class="high" d="${outline(high)}"/>`,
    everyBar || pixelsPerBar >= 4 ? ticks(lane.downbeats, 'bar') : '',
    ticks(lane.phrases, 'phrase'),
    ...marks.map(({ shapes: line }) => line),
    '</g>',
  ];
  const place = `data-from="${left}" data-to="${round(left + width)}"`;
  const name = `<text ${label} y="${top + 12}" ${place}><tspan class="name">${escapeText(lane.title)}</tspan><tspan dx="8" fill="${colour}">${escapeText(facts[0]!)}</tspan><tspan dx="8" class="sub">${facts[1]}</tspan></text>`;
  return { shapes: shapes.join('\n'), label: [name, ...marks.map((mark) => mark.label)].join('\n') };
}
