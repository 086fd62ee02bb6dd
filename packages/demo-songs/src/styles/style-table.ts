import { DISCO } from './disco.ts';
import { DOWNTEMPO } from './downtempo.ts';
import { DRUM_AND_BASS } from './drum-and-bass.ts';
import { ELECTRO } from './electro.ts';
import { HIP_HOP } from './hip-hop.ts';
import { HOUSE } from './house.ts';
import { ROCK } from './rock.ts';
import type { Style } from './style.ts';
import type { StyleName } from './style-name.ts';
import { TECHNO } from './techno.ts';
import { TRANCE } from './trance.ts';
import { WALTZ } from './waltz.ts';

export const STYLES: Readonly<Record<StyleName, Style>> = {
  house: HOUSE,
  disco: DISCO,
  electro: ELECTRO,
  techno: TECHNO,
  trance: TRANCE,
  'drum-and-bass': DRUM_AND_BASS,
  'hip-hop': HIP_HOP,
  downtempo: DOWNTEMPO,
  waltz: WALTZ,
  rock: ROCK,
};
