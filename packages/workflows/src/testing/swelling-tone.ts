import { createAudioWriter } from '@tutti/media';

/** Writes a tone that rises and swells, so that every moment is like no other; the right channel is half the left, inverted. */
export async function writeSwellingTone(
  path: string,
  hertz: number,
  seconds: number,
  sampleRate = 44_100,
): Promise<void> {
  const writer = await createAudioWriter(path, { sampleRate, channels: 2 });
  const samples = Float32Array.from({ length: seconds * sampleRate }, (_, i) => {
    const swell = 0.5 + 0.4 * Math.sin(i / 100_000);
    return swell * Math.sin((2 * Math.PI * (hertz + i / 50_000) * i) / 44_100);
  });
  await writer.write([samples, samples.map((value) => -0.5 * value)], samples.length);
  await writer.finish();
}
