import { composeSong, type Song, type SongSpec, STYLE_NAMES } from '@tutti/demo-songs';
import { ALL_KEYS } from '@tutti/music/theory';

/** BPM at which a style is played; the others at club tempo. */
const TEMPI: Partial<Record<SongSpec['style'], number>> = { 'drum-and-bass': 174, 'hip-hop': 90, downtempo: 80 };

/**
 * The description of one of a row of songs: every style and every key in turn, each with a seed and a tuning of its own.
 * @param cents most that the tuning is off A4 = 440 Hz
 */
export function songOfRow(number: number, cents: number): SongSpec {
  const style = STYLE_NAMES[number % STYLE_NAMES.length]!;
  return {
    seed: 1000 + number * 37,
    title: `Row ${number}`,
    artist: 'Conformance',
    style,
    key: ALL_KEYS[(number * 7) % ALL_KEYS.length]!,
    bpm: TEMPI[style] ?? 118 + (number % 15),
    meter: style === 'waltz' ? 3 : 4,
    swing: 0.1,
    leadInSeconds: 0.2,
    tuningHz: 440 * 2 ** ((cents * Math.sin(number * 2.4)) / 1200),
  };
}

/** A song whose second half is in another key: two songs of one description, joined where a bar ends. */
export function modulatingSong(spec: SongSpec, key: SongSpec['key']): { clip: Song['clip']; joint: number } {
  const [first, second] = [composeSong({ ...spec, leadInSeconds: 0 }), composeSong({ ...spec, leadInSeconds: 0, key })];
  const joint = first.truth.sections.at(-1)!.end;
  const { sampleRate } = first.clip;
  const head = Math.round(joint * sampleRate);
  const channels = first.clip.channels.map((samples, channel) => {
    const tail = second.clip.channels[channel]!;
    const joined = new Float32Array(head + tail.length);
    joined.set(samples.subarray(0, head));
    joined.set(tail, head);
    return joined;
  });
  return { clip: { sampleRate, channels }, joint };
}
