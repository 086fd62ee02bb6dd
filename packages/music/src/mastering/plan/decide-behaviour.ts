import type { MasterMeasurement } from '../measurement-schema.ts';
import type { MasterStyle } from '../styles/master-style.ts';
import { BEHAVIOURS_BY_LEVEL_AND_CREST, type BehaviourRule } from './behaviours.data.ts';

export interface DecidedBehaviour {
  readonly rule: BehaviourRule;
  readonly reason: string;
}

const PRESERVE = BEHAVIOURS_BY_LEVEL_AND_CREST.find(({ kind }) => kind === 'preserve')!;

/** Which of the four ways a song is treated, by its loudness and its crest factor. */
export function decideBehaviour(
  { integratedLufs, crestDb }: Pick<MasterMeasurement, 'integratedLufs' | 'crestDb'>,
  { name, dynamics }: MasterStyle,
): DecidedBehaviour {
  if (integratedLufs === null || crestDb === null)
    return { rule: PRESERVE, reason: 'nothing is loud enough to be measured: it is left as it is' };
  const shift = dynamics.crestOffsetDb;
  const rule =
    BEHAVIOURS_BY_LEVEL_AND_CREST.find(
      ({ loudness, crest }) =>
        integratedLufs >= loudness[0] &&
        integratedLufs < loudness[1] &&
        crestDb >= crest[0] + shift &&
        crestDb < crest[1] + shift,
    ) ?? PRESERVE;
  const shifted =
    shift === 0
      ? ''
      : ` (crest factors count ${Math.abs(shift).toFixed(1)} dB ${shift > 0 ? 'lower' : 'higher'} in ${name})`;
  return {
    rule,
    reason: `${rule.words}: ${integratedLufs.toFixed(1)} LUFS and a crest factor of ${crestDb.toFixed(1)} dB${shifted}`,
  };
}
