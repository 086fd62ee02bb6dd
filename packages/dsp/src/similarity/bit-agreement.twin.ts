import type { BitAgreement } from './bit-agreement.ts';

/** The definition, plainly: at one shift, over the words of `a` from `from` to `to`. */
export function bitAgreementTwin(a: Uint16Array, b: Uint16Array, shift: number, from = 0, to = a.length): BitAgreement {
  let compared = 0;
  let differing = 0;
  for (let i = from; i < to; i++) {
    const [x, y] = [a[i]!, b[i - shift] ?? 0];
    if (x === 0 || y === 0) continue;
    compared += 1;
    for (let bits = x ^ y; bits > 0; bits >>= 1) differing += bits & 1;
  }
  return { shift, compared, errorRate: compared === 0 ? 1 : differing / (16 * compared) };
}

/** All shifts, one after the other. */
export function bestAgreementTwin(a: Uint16Array, b: Uint16Array): BitAgreement {
  const gain = ({ compared, errorRate }: BitAgreement) => compared * (0.5 - errorRate);
  let best = bitAgreementTwin(a, b, 1 - b.length);
  for (let shift = 2 - b.length; shift < a.length; shift++) {
    const agreement = bitAgreementTwin(a, b, shift);
    if (Math.round(16 * gain(agreement)) > Math.round(16 * gain(best))) best = agreement;
  }
  return best;
}
