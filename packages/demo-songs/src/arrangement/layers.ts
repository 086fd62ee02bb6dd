/** What can be brought in and out over a section; `open` is the low-pass filter over chords, arpeggio and pad. */
export const LAYER_NAMES = ['kick', 'snare', 'hats', 'perc', 'bass', 'chords', 'arp', 'pad', 'lead', 'open'] as const;
export type LayerName = (typeof LAYER_NAMES)[number];

/**
 * Level of each layer over a section, one character for an eighth of it (a bar of an eight-bar section): `1` to `9`, or
 * `.` where it is silent. A layer that is not named is silent; `open` is 9 when not named.
 */
export type LayerLevels = Readonly<Partial<Record<LayerName, string>>>;

/** Level 0 to 1 of a layer in one bar of a section; longer sections stretch the table, shorter ones sample it. */
export function layerLevel(levels: LayerLevels, layer: LayerName, bar: number, bars: number): number {
  const row = levels[layer];
  if (row === undefined) return layer === 'open' ? 1 : 0;
  const mark = row[Math.floor((bar * row.length) / bars)]!;
  return mark === '.' ? 0 : Number(mark) / 9;
}
