/** What a song is meant to sound like. */
export interface MasterStyle {
  readonly name: string;
  /** For people. */
  readonly title: string;
  readonly equaliser: {
    /** Factor of how far a band may be from the wanted balance: 1 as songs differ, 0 not at all. */
    readonly tolerance: number;
    /** No frequency is raised or lowered by more, dB. */
    readonly mostDb: number;
    /** What a song is given where it lacks it, dB; straight lines over octaves between the points. */
    readonly tone: readonly { readonly frequencyHz: number; readonly gainDb: number }[];
  };
  readonly dynamics: {
    /** Added to the crest factors of the table of behaviours: above 0, more dynamics are taken for usual. dB */
    readonly crestOffsetDb: number;
    /** How strongly a compressor or an expander works, 0 to 1.5; 1 is the table's. */
    readonly amount: number;
  };
  readonly width: {
    /** Largest and smallest factor of side against mid. */
    readonly narrowest: number;
    readonly widest: number;
    /** Share of side in mid and side that is aimed at; null leaves it. */
    readonly wanted: number | null;
    /** Below it the sound is mono, Hz; null leaves it. */
    readonly monoBelowHz: number | null;
  };
  /** Null: none. */
  readonly saturation: { readonly driveDb: number; readonly mix: number } | null;
}
