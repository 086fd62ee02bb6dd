import { MediaError } from './errors.ts';
import { MAXIMUM_CHANNELS, MAXIMUM_SAMPLE_RATE, MINIMUM_SAMPLE_RATE } from './limits.ts';

/** @throws MediaError 'limit' (or 'corrupt' for 0) when a header's figures are outside what is believed */
export function checkStreamFigures(name: string, sampleRate: number, channels: number): void {
  if (!(sampleRate >= MINIMUM_SAMPLE_RATE && sampleRate <= MAXIMUM_SAMPLE_RATE)) {
    throw new MediaError(
      sampleRate > 0 ? 'limit' : 'corrupt',
      `${name}: sample rate ${sampleRate} Hz; ${MINIMUM_SAMPLE_RATE} to ${MAXIMUM_SAMPLE_RATE} Hz can be read`,
      { path: name },
    );
  }
  if (!(Number.isInteger(channels) && channels >= 1 && channels <= MAXIMUM_CHANNELS)) {
    throw new MediaError(
      channels > 0 ? 'limit' : 'corrupt',
      `${name}: ${channels} channels; 1 to ${MAXIMUM_CHANNELS} can be read`,
      { path: name },
    );
  }
}
