export const STYLE_NAMES = [
  'house',
  'disco',
  'electro',
  'techno',
  'trance',
  'drum-and-bass',
  'hip-hop',
  'downtempo',
  'waltz',
  'rock',
] as const;

export type StyleName = (typeof STYLE_NAMES)[number];
