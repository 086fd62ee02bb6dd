import type { Queries } from '../database/database.ts';

/** An analysis of a sound: the document, and of it what lists show, sort and filter by. */
export interface StoredAnalysis {
  /** 64 hexadecimal digits. */
  readonly audioHash: string;
  /** Version of the analysis. */
  readonly analyser: string;
  readonly kernels: string;
  readonly bpm: number | null;
  readonly bpmConfidence: number | null;
  readonly meter: number | null;
  readonly keyTonic: string | null;
  readonly keyMode: string | null;
  readonly camelot: string | null;
  readonly keyConfidence: number | null;
  /** 1 to 10. */
  readonly energy: number | null;
  readonly integratedLufs: number | null;
  readonly truePeakDb: number | null;
  readonly danceability: number | null;
  readonly embedding: { readonly model: string; readonly values: readonly number[] } | null;
  /** One JSON document, as the contract has it. */
  readonly line: string;
}

/** Stores analyses of sounds that are known; one of the same version is replaced. */
export async function storeAnalyses(queries: Queries, analyses: readonly StoredAnalysis[]): Promise<void> {
  await queries.run(
    `INSERT INTO analysis (sound_id, analyser, kernels, analysed_at, bpm, bpm_confidence, meter, key_tonic, key_mode, camelot,
       key_confidence, energy, integrated_lufs, true_peak_db, danceability, line)
     SELECT DISTINCT ON (s.id) s.id, r.analyser, r.kernels, now(), r.bpm, r."bpmConfidence", r.meter, r."keyTonic", r."keyMode",
       r.camelot, r."keyConfidence", r.energy, r."integratedLufs", r."truePeakDb", r.danceability, r.line::json
     FROM json_to_recordset($1::json) AS r("audioHash" text, analyser text, kernels text, bpm float8, "bpmConfidence" real,
       meter smallint, "keyTonic" text, "keyMode" text, camelot text, "keyConfidence" real, energy real,
       "integratedLufs" real, "truePeakDb" real, danceability real, line text)
     JOIN sound s ON s.audio_hash = decode(r."audioHash", 'hex')
     ON CONFLICT (sound_id, analyser) DO UPDATE SET kernels = excluded.kernels, analysed_at = excluded.analysed_at,
       bpm = excluded.bpm, bpm_confidence = excluded.bpm_confidence, meter = excluded.meter, key_tonic = excluded.key_tonic,
       key_mode = excluded.key_mode, camelot = excluded.camelot, key_confidence = excluded.key_confidence,
       energy = excluded.energy, integrated_lufs = excluded.integrated_lufs, true_peak_db = excluded.true_peak_db,
       danceability = excluded.danceability, line = excluded.line`,
    [JSON.stringify(analyses)],
  );
  for (const { audioHash, embedding } of analyses) {
    if (embedding === null) continue;
    await queries.run(
      `INSERT INTO embedding (sound_id, model, vector) SELECT id, $2, $3 FROM sound WHERE audio_hash = decode($1, 'hex')
       ON CONFLICT (sound_id, model) DO UPDATE SET vector = excluded.vector`,
      [audioHash, embedding.model, vectorBytes(embedding.values)],
    );
  }
}

/** Little-endian 32-bit floats. */
function vectorBytes(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => {
    bytes.writeFloatLE(value, index * 4);
  });
  return bytes;
}
