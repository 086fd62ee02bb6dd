import type { AnalysisLine } from '@tutti/contract';
import { describe, expect, it } from 'vitest';
import { KEY_NOTATIONS, requireComment, type TagRequest, wantedTexts } from './wanted-texts.ts';

const line = {
  format: { container: 'flac' },
  tempo: { bpm: 127.9796 },
  key: { tonic: 'G', mode: 'minor', camelot: '6A', openKey: '11m' },
  loudness: { replayGainDb: -6.2, samplePeakDb: -0.1, integratedLufs: -11.84 },
  energy: { level: 7 },
} as unknown as AnalysisLine;
const request: TagRequest = {
  fields: ['bpm', 'key', 'gain', 'peak', 'comment'],
  keyNotation: 'classical',
  comment: undefined,
};

describe('wantedTexts', () => {
  it('says tempo to a hundredth, the key as asked, gain and peak as ReplayGain does', () => {
    expect(Object.fromEntries(wantedTexts(line, request))).toEqual({
      bpm: '127.98',
      key: 'Gm',
      gain: '-6.20 dB',
      peak: '0.988553',
    });
    expect(KEY_NOTATIONS.map((keyNotation) => wantedTexts(line, { ...request, keyNotation }).get('key'))).toEqual([
      'Gm',
      '6A',
      '11m',
    ]);
  });

  it('rounds the tempo where a container knows whole ones', () => {
    const mp4 = { ...line, format: { ...line.format, container: 'mp4' } };
    expect(wantedTexts(mp4, request).get('bpm')).toBe('128');
  });

  it('fills in a comment, and leaves it out when something in it is not known', () => {
    const comment = '{camelot} - {bpm} - energy {energy}, {lufs} LUFS';
    expect(wantedTexts(line, { ...request, comment }).get('comment')).toBe('6A - 127.98 - energy 7, -11.8 LUFS');
    const keyless = {
      ...line,
      key: { ...line.key!, tonic: null, mode: null, camelot: null, openKey: null },
    } as AnalysisLine;
    expect([...wantedTexts(keyless, { ...request, comment }).keys()]).toEqual(['bpm', 'gain', 'peak']);
  });

  it('refuses a word that a comment does not know', () => {
    expect(() => requireComment('{tempo}')).toThrow(/cannot say {tempo}; it can say {bpm}/);
    expect(() => requireComment('{constructor}')).toThrow(/cannot say/);
    expect(() => requireComment('plain { text }')).not.toThrow();
  });
});
