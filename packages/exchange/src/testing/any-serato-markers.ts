import fc from 'fast-check';
import type { SeratoMarkers } from '../serato/markers.ts';

const byte = fc.integer({ min: 0, max: 255 });
const colour = fc.record({ red: byte, green: byte, blue: byte });
const seconds = fc.integer({ min: 0, max: 86_400_000 }).map((milliseconds) => milliseconds / 1000);
/** Text of any script that fits into a name of so many bytes. */
const name = fc
  .string({ unit: 'grapheme', maxLength: 50 })
  .map((text) => text.replaceAll('\0', ''))
  .filter((text) => text.isWellFormed() && new TextEncoder().encode(text).length <= 50);

/** Markers as the format can hold them, to the millisecond. */
export const anySeratoMarkers: fc.Arbitrary<SeratoMarkers> = fc.record({
  cues: fc.array(fc.record({ index: byte, seconds, colour, name }), { maxLength: 12 }),
  loops: fc.array(fc.record({ index: byte, seconds, endSeconds: seconds, colour, locked: fc.boolean(), name }), {
    maxLength: 9,
  }),
  colour: fc.option(colour, { nil: null }),
  gridLocked: fc.option(fc.boolean(), { nil: null }),
  others: fc.array(fc.record({ type: fc.constantFrom('FLIP', 'NEW'), data: fc.uint8Array({ maxLength: 300 }) }), {
    maxLength: 3,
  }),
});
