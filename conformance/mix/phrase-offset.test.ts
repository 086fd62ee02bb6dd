import { planMix, sourceSecondsAt, type Technique } from '@tutti/music/mixing';
import { analysisOf } from '@tutti/music/testing';
import { describe, expect, it } from 'vitest';
import { phraseMoments, phraseOffsetBeats } from './phrase-offset.ts';

const SECONDS = 200;

/** A track without sound, of bars of four and phrases of eight bars. */
function song(title: string, bpm: number) {
  const beats = Array.from({ length: Math.floor((SECONDS * bpm) / 60) }, (_, beat) => 1 + (60 * beat) / bpm);
  const downbeats = beats.filter((_, beat) => beat % 4 === 0);
  const phrases = downbeats.filter((_, bar) => bar % 8 === 0);
  const analysis = analysisOf({ bpm, meter: 4, beats, downbeats, phrases, lufs: -14, truePeakDb: -3 });
  return { id: title, title, path: title, audioHash: title, seconds: SECONDS, analysis };
}

describe('the moments at which a join has to be on a phrase', () => {
  it.each<Technique>(['cut', 'echo-out', 'reverb-tail', 'loop-roll', 'stop', 'blend', 'bass-swap', 'filter-sweep'])(
    'lie there in a %s that was planned from phrase to phrase',
    (technique) => {
      const songs = [song('a', 120), song('b', 126)];
      const plan = planMix(songs, { joins: [{ technique }] });
      const transition = plan.transitions[0]!;
      expect(transition.technique).toBe(technique);
      const { out, incoming } = phraseMoments(plan, transition);
      const offset = (index: number, moment: number) => {
        const { tempo, structure } = songs[index]!.analysis;
        const seconds = sourceSecondsAt(plan.tracks[index]!.timeMap, moment);
        return phraseOffsetBeats({ tempo, structure }, seconds);
      };
      expect(Math.abs(offset(0, out)!)).toBeLessThan(0.1);
      expect(Math.abs(offset(1, incoming)!)).toBeLessThan(0.1);
      // Where there is a lead or a tail, the beginning or the end of what is heard as the transition is not that moment.
      if (['echo-out', 'reverb-tail'].includes(technique))
        expect(Math.abs(offset(0, transition.end)!)).toBeGreaterThan(1);
      if (['loop-roll', 'stop'].includes(technique)) expect(Math.abs(offset(1, transition.start)!)).toBeGreaterThan(1);
    },
  );
});
