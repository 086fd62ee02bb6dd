/**
 * What a stem may be. `harmonic` is any pitched instrument above the bass, `backing` several instruments in one, `other` what
 * is none of these: noises, effects, rooms.
 */
export const STEM_KINDS = ['drums', 'bass', 'vocals', 'harmonic', 'backing', 'other'] as const;
export type StemKind = (typeof STEM_KINDS)[number];
