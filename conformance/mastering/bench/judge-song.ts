import { lagFrames } from '../measures/alignment.ts';
import { bandGains } from '../measures/band-gains.ts';
import { finePeakDb } from '../measures/fine-peak.ts';
import { gainModulation } from '../measures/gain-modulation.ts';
import { transientChange } from '../measures/transients.ts';
import { decibels, monoOf, partOf, type Signal, signalFrames } from '../signal.ts';
import type { SongFigures } from './figures.ts';

/** What was asked for, and how loud input and output are. */
export interface LoudnessFacts {
  readonly inputLufs: number;
  readonly outputLufs: number;
  readonly targetLufs: number;
  readonly ceilingDb: number;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value / values.length, 0);
/** Less than this is rounding of the files. */
const LEAST_INCOHERENCE = 1e-12;

/**
 * Every figure of a master beside what it was made of.
 * @throws Error when they have not the same rate and channels
 */
export function judgeSong(input: Signal, output: Signal, facts: LoudnessFacts): SongFigures {
  if (output.sampleRate !== input.sampleRate || output.channels.length !== input.channels.length) {
    throw new Error(
      `the output has ${output.channels.length} channels at ${output.sampleRate} Hz, the input ${input.channels.length} at ${input.sampleRate} Hz`,
    );
  }
  const lag = lagFrames(monoOf(input), monoOf(output), input.sampleRate);
  const from = Math.max(0, -lag);
  const to = Math.min(signalFrames(input), signalFrames(output) - lag);
  const before = partOf(input, from, to);
  const after = partOf(output, from + lag, to + lag);
  const { bands, framesPerSecond } = bandGains(before, after);
  // A band that is hardly ever heard in a song says nothing about it.
  const heard = bands.filter(({ known, gainsDb }) => known > gainsDb.length / 4);
  const moves = heard.map(({ gainsDb }) => gainModulation(gainsDb, framesPerSecond));
  const gainDb = facts.outputLufs - facts.inputLufs;
  const { peakLossDb, needlessLossDb, contrastLossDb, preEchoDb } = transientChange(
    before,
    after,
    gainDb,
    facts.ceilingDb,
  );
  return {
    loudnessErrorLu: Math.abs(facts.outputLufs - facts.targetLufs),
    peakOverDb: Math.max(0, Math.max(...output.channels.map(finePeakDb)) - facts.ceilingDb),
    gainModulationDb: Math.sqrt(mean(moves.map(({ rmsDb }) => rmsDb ** 2))),
    gainSpreadDb: mean(moves.map(({ spreadDb }) => spreadDb)),
    incoherenceDb: decibels(Math.max(LEAST_INCOHERENCE, mean(heard.map(({ incoherence }) => incoherence)))),
    peakLossDb,
    needlessLossDb,
    contrastLossDb,
    preEchoDb,
  };
}
