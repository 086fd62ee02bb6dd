import {
  BandLevels,
  type Clip,
  Kernels,
  LevelMeter,
  LoudnessMeter,
  SampleBlock,
  type StagedWork,
  TruePeakMeter,
} from '@tutti/dsp';
import { mixdown } from '../testing/mixdowns.ts';
import { MasterChain } from './chain/master-chain.ts';
import type { MeasuredSong } from './measure/measured-song.ts';
import { MixdownListener } from './measure/mixdown-listener.ts';
import { planMaster } from './plan/plan-master.ts';
import type { MasterPlan } from './plan-schema.ts';
import { SampleMemory } from './sample-memory.ts';
import type { MasterStage } from './stage-schemas.ts';
import { MasterMeter } from './verify/master-meter.ts';

/** As long as a song: what a plan costs does not grow with it. */
const SECONDS = 200;
const FORMAT = { sampleRate: 44_100, channels: 2 };
/** As a measurement and a render take their sound. */
const MEASURED_FRAMES = 16_384;
const RENDERED_FRAMES = 4096;

// Quiet and dynamic, so that the plan has an equaliser, dynamics, gain and a limiter.
const { channels } = withoutBass(mixdown({ seconds: SECONDS, gain: 0.2, verse: 0.3 }));
const frames = channels[0]!.length;
const kernels = new Kernels();
// Used again from song to song, as whoever masters many of them uses it.
const memory = new SampleMemory();
const block = new SampleBlock(kernels, 2, MEASURED_FRAMES);

/** Less of what the detector of the dynamics does not hear. */
function withoutBass({ channels }: Clip): Clip {
  const filtered = channels.map((samples) => {
    let low = 0;
    return samples.map((value) => {
      low += 0.01 * (value - low);
      return value - low;
    });
  });
  return { ...FORMAT, channels: filtered };
}

function over(blockFrames: number, each: (block: SampleBlock) => void): void {
  for (let offset = 0; offset < frames; offset += blockFrames) {
    block.write(channels, offset, Math.min(blockFrames, frames - offset));
    each(block);
  }
}

function measure(): MeasuredSong {
  const mark = kernels.mark();
  const listener = new MixdownListener(kernels, { ...FORMAT, memory });
  over(MEASURED_FRAMES, (piece) => listener.push(piece));
  const song = listener.finish();
  kernels.release(mark);
  return song;
}

function plan(song: MeasuredSong): MasterPlan {
  return planMaster(song, kernels, { source: { path: '/song.wav', audioHash: 'ab' }, memory });
}

function render(stages: readonly MasterStage[]): void {
  const mark = kernels.mark();
  const chain = new MasterChain(kernels, { ...FORMAT, stages });
  over(RENDERED_FRAMES, (piece) => chain.process(piece));
  kernels.release(mark);
}

function verify(): void {
  const mark = kernels.mark();
  const meter = new MasterMeter(kernels, FORMAT);
  over(MEASURED_FRAMES, (piece) => meter.process(piece));
  meter.result();
  kernels.release(mark);
}

const song = measure();
const planned = plan(song);
const loudness = new LoudnessMeter(kernels, FORMAT);
const truePeak = new TruePeakMeter(kernels, FORMAT);
const level = new LevelMeter(kernels, FORMAT);
const bands = new BandLevels(kernels, FORMAT);

export const stagedWork: StagedWork = {
  name: `master of decoded samples (${planned.stages.map(({ kind }) => kind).join(', ')})`,
  audioSeconds: SECONDS,
  kernels,
  whole: () => {
    const mark = memory.mark();
    render(plan(measure()).stages);
    memory.release(mark);
    verify();
  },
  stages: [
    {
      name: 'measure: loudness',
      run: () => {
        over(MEASURED_FRAMES, (piece) => loudness.process(piece));
        loudness.result();
        loudness.reset();
      },
    },
    {
      name: 'measure: true peak',
      run: () => {
        over(MEASURED_FRAMES, (piece) => truePeak.process(piece));
        truePeak.reset();
      },
    },
    {
      name: 'measure: level',
      run: () => {
        over(MEASURED_FRAMES, (piece) => level.process(piece));
        level.reset();
      },
    },
    {
      name: 'measure: bands',
      run: () => {
        over(MEASURED_FRAMES, (piece) => bands.process(piece));
        bands.finish();
      },
    },
    { name: 'plan', run: () => plan(song) },
    ...planned.stages.map((stage) => ({ name: `render: ${stage.kind}`, run: () => render([stage]) })),
    { name: 'verify', run: verify },
  ],
};
