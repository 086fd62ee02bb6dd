// From energies to loudness, and the statistics over them. An energy here is the weighted mean square of BS.1770.

/** LUFS. Nothing softer counts as programme. Source: ITU-R BS.1770-5, Annex 1. */
export const ABSOLUTE_GATE_LUFS = -70;
const INTEGRATED_RELATIVE_GATE_LU = -10;
const RANGE_RELATIVE_GATE_LU = -20;
/** LUFS of a mean square of 1. */
const OFFSET_LUFS = -0.691;

/** Energy to LUFS; -Infinity for 0. */
export function energyToLufs(energy: number): number {
  return OFFSET_LUFS + 10 * Math.log10(energy);
}

/** LUFS to energy. */
export function lufsToEnergy(lufs: number): number {
  return 10 ** ((lufs - OFFSET_LUFS) / 10);
}

const ABSOLUTE_GATE = lufsToEnergy(ABSOLUTE_GATE_LUFS);

/** LUFS, or null where the energy is not above the absolute gate. */
export function gatedLufs(energy: number): number | null {
  return energy > ABSOLUTE_GATE ? energyToLufs(energy) : null;
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** What is above the absolute gate and above the mean of that, shifted by `relativeGateLu`. */
function passGates(energies: Float64Array, relativeGateLu: number): Float64Array {
  const loud = energies.filter((energy) => energy > ABSOLUTE_GATE);
  const gate = mean(loud) * 10 ** (relativeGateLu / 10);
  return loud.filter((energy) => energy > gate);
}

/**
 * Gated loudness of a programme.
 * @param energies of blocks of 400 ms that overlap by 75 %
 * @returns LUFS; null when no block is above the absolute gate
 * Source: ITU-R BS.1770-5, Annex 1.
 */
export function integratedLoudness(energies: Float64Array): number | null {
  const passed = passGates(energies, INTEGRATED_RELATIVE_GATE_LU);
  return passed.length > 0 ? energyToLufs(mean(passed)) : null;
}

/**
 * Loudness range: from the 10th to the 95th percentile of the short-term loudness.
 * @param energies of windows of 3 s
 * @returns LU; null when no window is above the absolute gate
 * Source: EBU Tech 3342.
 */
export function loudnessRange(energies: Float64Array): number | null {
  const passed = passGates(energies, RANGE_RELATIVE_GATE_LU).sort();
  if (passed.length === 0) return null;
  const percentile = (share: number) => passed[Math.round((passed.length - 1) * share)]!;
  return energyToLufs(percentile(0.95)) - energyToLufs(percentile(0.1));
}
