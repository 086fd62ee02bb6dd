import type { StemKind } from '../stem-kinds.ts';

/**
 * Words in the names of stems, as studios and data sets use them. The first kind of this order that has a word in a name is
 * meant: a bass drum is a drum, a bass guitar a bass, backing vocals are vocals. Words of up to three letters must stand alone.
 */
export const WORDS_OF_KINDS: readonly (readonly [StemKind, readonly string[]])[] = [
  ['vocals', ['vocal', 'vox', 'voc', 'voice', 'singer', 'choir', 'rap', 'acapella', 'bv', 'bgv']],
  [
    'drums',
    [
      ...['drum', 'kick', 'snare', 'hat', 'hats', 'hihat', 'tom', 'toms', 'cymbal', 'crash', 'ride', 'overhead', 'oh'],
      ...['perc', 'percussion', 'kit', 'beat', 'clap', 'conga', 'bongo', 'shaker', 'tambourine', 'cowbell', 'bd', 'sd'],
    ],
  ],
  ['bass', ['bass', 'sub', '808']],
  [
    'harmonic',
    [
      ...['guitar', 'gtr', 'piano', 'keys', 'keyboard', 'synth', 'pad', 'pads', 'lead', 'string', 'violin', 'viola'],
      ...[
        'cello',
        'horn',
        'brass',
        'trumpet',
        'trombone',
        'sax',
        'flute',
        'clarinet',
        'oboe',
        'organ',
        'rhodes',
        'clav',
      ],
      ...['chord', 'comp', 'arp', 'pluck', 'harp', 'banjo', 'mandolin', 'ukulele', 'accordion', 'marimba', 'bells'],
    ],
  ],
  ['backing', ['backing', 'instrumental', 'accompaniment', 'karaoke', 'mixdown', 'mix', 'music']],
  ['other', ['effect', 'fx', 'sfx', 'noise', 'riser', 'ambience', 'room', 'foley', 'impact']],
];
