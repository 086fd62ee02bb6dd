/** How one track gives way to the next, as a DJ would say it. */
export const TECHNIQUES = [
  'blend',
  'bass-swap',
  'filter-sweep',
  'echo-out',
  'reverb-tail',
  'loop-roll',
  'cut',
  'stop',
  'mashup',
  'fade',
] as const;
export type Technique = (typeof TECHNIQUES)[number];

/** Those in which both tracks play at once, beat on beat. */
export type OverlapTechnique = 'blend' | 'bass-swap' | 'filter-sweep' | 'mashup';
