import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { emptyLibrary, onBothEngines } from '../testing/index.ts';
import { forgetOldAnswers, rememberAnswer, rememberedAnswer } from './remembered-answers.ts';

const asked = createHash('sha256').update('x').digest();
const request = { owner: 'me', operation: 'submitJob', key: 'k"\\é' };

onBothEngines((fresh) => {
  it('an answer is remembered for whom it was given, for what, by its key, for a day', async () => {
    const library = await emptyLibrary(fresh);
    expect(await rememberedAnswer(library, request)).toBeUndefined();
    const answer = { status: 202, text: '{"a":"\u0001"}' };
    await rememberAnswer(library, request, { asked, answer });
    await rememberAnswer(library, request, { asked: createHash('sha256').digest(), answer: 2 });
    expect(await rememberedAnswer(library, request)).toEqual({ asked, answer });
    for (const other of [{ owner: 'you' }, { operation: 'addRoot' }, { key: 'K' }]) {
      expect(await rememberedAnswer(library, { ...request, ...other })).toBeUndefined();
    }
    expect(await forgetOldAnswers(library)).toBe(0);
    await library.run(`UPDATE remembered_answer SET answered_at = now() - interval '25 hours'`);
    expect(await forgetOldAnswers(library)).toBe(1);
    expect(await rememberedAnswer(library, request)).toBeUndefined();
  });
});
