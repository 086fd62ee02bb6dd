import { describe, expect, it } from 'vitest';
import { kindByName } from './name-hint.ts';

describe('kindByName', () => {
  it.each([
    ['02 LeadGuitar DI', 'harmonic'],
    ['bassguitar', 'bass'],
    ['Bass Drum (in)', 'drums'],
    ['KICK_01', 'drums'],
    ['BackingVocals-L', 'vocals'],
    ['LeadVox2', 'vocals'],
    ['bv 3', 'vocals'],
    ['OH_R', 'drums'],
    ['808', 'bass'],
    ['TR808Kick', 'drums'],
    ['instrumental', 'backing'],
    ['FX riser', 'other'],
    ['Streicher', null],
    ['track 7', null],
    ['other', null],
    ['cohesion', null],
    ['', null],
  ] as const)('%s: %s', (name, kind) => {
    expect(kindByName(name)).toBe(kind);
  });
});
