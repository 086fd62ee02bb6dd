import type { KernelBenchmark } from '../benchmark.ts';
import { foldedMeans, spectralChanges } from '../features/harmonic-change.ts';
import { spectralChangeTwin, sumBetweenTwin } from '../features/harmonic-change.twin.ts';
import { Kernels } from '../kernels.ts';
import { noise } from '../testing/signals.ts';
import { RealFft } from '../transform/real-fft.ts';
import { windowFunction } from '../transform/window.ts';
import { lagPicture } from './lag-picture.ts';
import { lagPictureTwin } from './lag-picture.twin.ts';
import { accentsOf, blockPhases, levelledRises } from './onset-curves.ts';
import { accentsTwin, blockPhasesTwin, levelledRisesTwin } from './onset-curves.twin.ts';
import { ridgePath } from './ridge-path.ts';
import { bestPathTwin } from './ridge-path.twin.ts';
import { rowLikeness } from './row-likeness.ts';
import { rowLikenessTwin } from './row-likeness.twin.ts';
import { tickChain } from './tick-chain.ts';
import { bestWorthTwin } from './tick-chain.twin.ts';

/** A minute of onsets, 100 values a second, with ticks about half a second apart. */
const kernels = new Kernels();
const FRAMES = 6000;
const SECONDS = 60;
const curve = noise(FRAMES).map((value, i) => Math.abs(value) ** 4 * (i % 50 === 0 ? 9 : 1));
const levelling = { background: 50, around: 400, floor: 0.2 };
const fft = new RealFft(kernels, 2048);
const picture = { window: windowFunction(kernels, 'hann', 800), hop: 100, lags: 321 };
const lags = lagPicture(kernels, fft, curve, picture);
const periods = Float32Array.from({ length: 53 }, (_, i) => 50 * 2 ** ((i - 26) / 48));
const ridge = { columns: lags.columns, lags: picture.lags, multiples: 4, reach: 6, cost: 0.005 };
const path = new Float32Array(SECONDS).fill(50);
const chain = { hop: 100, around: 4, tightness: 150, shortest: 0.7, longest: 1.4 };
const WIDTH = 36;
const rows = noise(120 * WIDTH);
const plainRows = Array.from({ length: 120 }, (_, i) => [...rows.subarray(i * WIDTH, (i + 1) * WIDTH)]);
const spectra = { frames: 750, bins: 72, sums: Float64Array.from({ length: 751 * 72 }, (_, i) => i / 72) };
const moments = Float64Array.from({ length: 3 * 110 }, (_, i) => 6 * Math.floor(i / 3) + 6 * (i % 3) + 0.5);
const spans = Float64Array.from({ length: 2 * 110 }, (_, i) => 6 * Math.floor(i / 2) + 6 * (i % 2) + 0.5);

export const benchmarks: KernelBenchmark[] = [
  {
    name: 'onsets over their background',
    audioSeconds: SECONDS,
    kernel: () => {
      levelledRises(kernels, curve, levelling);
    },
    twin: () => {
      levelledRisesTwin(curve, levelling);
    },
  },
  {
    name: 'accents',
    audioSeconds: SECONDS,
    kernel: () => {
      accentsOf(kernels, curve, 2);
    },
    twin: () => {
      accentsTwin(curve, 2);
    },
  },
  {
    name: 'phases of a pulse',
    audioSeconds: SECONDS,
    kernel: () => {
      blockPhases(kernels, curve, 300, 50);
    },
    twin: () => {
      blockPhasesTwin(curve, 300, 50);
    },
  },
  {
    name: 'autocorrelation around each second',
    audioSeconds: SECONDS,
    kernel: () => {
      lagPicture(kernels, fft, curve, picture);
    },
    twin: () => {
      for (let lag = 0; lag < picture.lags; lag += 10) lagPictureTwin(curve, picture, 30, lag);
    },
  },
  {
    name: 'path of a period',
    audioSeconds: SECONDS,
    kernel: () => {
      ridgePath(kernels, lags.values, periods, ridge);
    },
    twin: () => {
      bestPathTwin(lags.values, periods, ridge);
    },
  },
  {
    name: 'chain of ticks',
    audioSeconds: SECONDS,
    kernel: () => {
      tickChain(kernels, curve, path, chain);
    },
    twin: () => {
      bestWorthTwin(curve, path, chain);
    },
  },
  {
    name: 'likeness of beats',
    audioSeconds: SECONDS,
    kernel: () => {
      rowLikeness(kernels, rows, WIDTH, [3, 4], false);
    },
    twin: () => {
      rowLikenessTwin(plainRows, 3);
      rowLikenessTwin(plainRows, 4);
    },
  },
  {
    name: 'change of harmony at beats',
    audioSeconds: SECONDS,
    kernel: () => {
      spectralChanges(kernels, spectra, moments);
    },
    twin: () => {
      for (let i = 0; i < moments.length; i += 3) {
        spectralChangeTwin(spectra, moments[i]!, moments[i + 1]!, moments[i + 2]!);
      }
    },
  },
  {
    name: 'pitch classes of parts of bars',
    audioSeconds: SECONDS,
    kernel: () => {
      foldedMeans(kernels, spectra, 12, spans);
    },
    twin: () => {
      for (let i = 0; i < spans.length; i += 2) sumBetweenTwin(spectra, spans[i]!, spans[i + 1]!);
    },
  },
];
