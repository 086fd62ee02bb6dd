import { describe, expect, it } from 'vitest';
import { answerOf } from '../answers.ts';
import { compare } from '../compare.ts';
import type { CorpusFile } from '../corpus.ts';
import { evaluate } from '../evaluate.ts';
import { PAGE_SCRIPT } from './page-script.ts';
import { reportPage } from './report-page.ts';

const corpus: CorpusFile[] = [
  { id: 'rock/<one>', path: 'one.ogg', kind: 'rock', truth: { bpms: [100], key: { tonic: 'A', mode: 'minor' } } },
  { id: 'rock/two', path: 'two.ogg', kind: 'rock', truth: { bpms: [120] } },
  { id: 'hiss', path: 'hiss.ogg', kind: 'noise', truth: { bpms: [] } },
];
const answers = new Map([
  ['rock/<one>', answerOf({ tempo: { bpm: 50, confidence: 0.7 }, key: 'C' })],
  ['rock/two', answerOf({ tempo: { bpm: 120, confidence: 0.9 } })],
]);
const tutti = evaluate('tutti', corpus, answers);
const baseline = evaluate('before', corpus, new Map());
const page = reportPage({
  corpusName: 'songs & noise',
  day: '2026-11-21',
  analyser: 'analyser 1',
  corpus,
  answers,
  evaluations: [tutti, baseline],
  differences: compare(tutti, baseline),
  pictures: new Map([['rock/<one>', ['<svg id="overview"></svg>', '<svg id="key"></svg>']]]),
});

describe('reportPage', () => {
  it('loads nothing from elsewhere', () => {
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/(src|href)="(?!#)|https?:|@import|url\(/);
  });

  it('names every file as text, with what is wrong', () => {
    expect(page).not.toContain('<one>');
    expect(page.match(/<tr[^>]*><td>/g)).toHaveLength(3);
    expect(page).toMatch(/rock\/&lt;one&gt;<\/a><\/td><td>rock<\/td><td>tempo times 1\/2, key relative</);
    expect(page).toMatch(/rock\/two<\/td><td>rock<\/td><td><\/td>/);
    expect(page).toMatch(/hiss<\/td><td>noise<\/td><td>no answer</);
  });

  it('links a file to its picture', () => {
    const [, target] = /<a href="#([^"]+)">rock/.exec(page)!;
    expect(page).toContain(`<details id="${target}"><summary><b>rock/&lt;one&gt;</b> tempo times 1/2, key relative`);
    expect(page).toContain('<svg id="overview"></svg></div><div class="panels"><svg id="key">');
  });

  it('is whole without a baseline, pictures or confidence', () => {
    const evaluation = evaluate('tutti', corpus, new Map());
    const bare = reportPage({
      corpusName: 'x',
      day: 'y',
      analyser: 'z',
      ...{ corpus, answers: new Map(), evaluations: [evaluation], differences: [], pictures: new Map() },
    });
    expect(bare.replace(PAGE_SCRIPT, '')).not.toMatch(
      /NaN|undefined|id="pictures"|Against the baseline|Confidence of the tempo/,
    );
  });

  it('has a script that parses', () => {
    expect(() => new Function(PAGE_SCRIPT)).not.toThrow();
  });
});
