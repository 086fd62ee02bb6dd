import type { LayerLevels } from '../arrangement/layers.ts';
import type { SectionRole } from '../arrangement/section.ts';
import type { SectionSpec } from '../song-spec.ts';

/** Sections of eight bars with ends that a DJ can mix over. */
export const CLUB_ARRANGEMENT: readonly SectionSpec[] = [
  { label: 'intro', bars: 8 },
  { label: 'verse', bars: 8 },
  { label: 'build', bars: 8 },
  { label: 'drop', bars: 8 },
  { label: 'break', bars: 8 },
  { label: 'drop', bars: 8 },
  { label: 'outro', bars: 8 },
];

/** Drums first, then bass, then everything; each character is a bar of eight. */
export const CLUB_LAYERS: Readonly<Record<SectionRole, LayerLevels>> = {
  intro: {
    kick: '88889999',
    hats: '....6677',
    snare: '....6677',
    perc: '..556677',
    chords: '......34',
    open: '33333345',
  },
  verse: {
    kick: '99999999',
    hats: '77777777',
    snare: '88888888',
    perc: '66666666',
    bass: '88888888',
    chords: '66667777',
    pad: '....4455',
    lead: '....6666',
    open: '55666777',
  },
  build: {
    kick: '888888..',
    hats: '77778888',
    perc: '66667777',
    bass: '7777....',
    chords: '66778899',
    arp: '55667788',
    pad: '66778899',
    open: '45566789',
  },
  drop: {
    kick: '99999999',
    hats: '99999999',
    snare: '99999999',
    perc: '88888888',
    bass: '99999999',
    chords: '99999999',
    arp: '77777777',
    pad: '66666666',
    lead: '99999999',
  },
  break: {
    hats: '....3344',
    bass: '33334444',
    chords: '55556666',
    arp: '....5566',
    pad: '99999999',
    lead: '66667777',
    open: '55566678',
  },
  outro: {
    kick: '99999998',
    hats: '77776655',
    snare: '77776...',
    perc: '66665544',
    bass: '8888....',
    chords: '55......',
    open: '76543333',
  },
};
