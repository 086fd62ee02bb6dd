import type { FramePlan, GranulePlan } from './mp3-writer.ts';

/** A granule of MPEG-1 with nothing in it, but for what is said. */
export function plainGranule(parts: Partial<GranulePlan>): GranulePlan {
  return {
    ...{ blockType: 0, mixed: false, tables: [15, 15, 15], regionCounts: [7, 7], subblockGain: [0, 0, 0] },
    ...{ preflag: false, scaleScale: 0, quadrupleTable: 0, scaleCompress: 0, globalGain: 170 },
    ...{ scales: [], pairs: [], quadruples: [], stuffing: '' },
    ...parts,
  };
}

/** A mono frame of MPEG-1 of two granules. */
export function monoFrame(
  granules: readonly [Partial<GranulePlan>, Partial<GranulePlan>],
  plan: Partial<FramePlan> = {},
): FramePlan {
  return {
    ...{ mode: 'mono', midSide: false, intensity: false, shared: [[false, false, false, false]], spareSteps: 0 },
    granules: granules.map((granule) => [plainGranule(granule)]),
    ...plan,
  };
}
