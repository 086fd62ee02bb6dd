import { z } from 'zod';

const formatSchema = z.object({
  container: z.string(),
  codec: z.string(),
  sampleRate: z.number(),
  channels: z.number(),
  seconds: z.number().nullable(),
});
/** What an uploaded sound is, by its content. */
export type UploadedFormat = z.infer<typeof formatSchema>;

/** What is kept of an upload, beside its bytes. */
export const aboutSchema = z.object({
  name: z.string(),
  bytes: z.number().nullable(),
  owner: z.string(),
  createdAt: z.iso.datetime(),
  /** Null until it is whole. */
  format: formatSchema.nullable(),
});
export type AboutUpload = z.infer<typeof aboutSchema>;

/** An upload as it stands. */
export interface Upload {
  readonly id: string;
  /** Of its file. */
  readonly name: string;
  /** That it will have; null where that was not told. */
  readonly bytes: number | null;
  /** Bytes that are here. */
  readonly offset: number;
  /** Null until it is whole. */
  readonly path: string | null;
  readonly format: UploadedFormat | null;
  readonly createdAt: string;
  /** When it goes, unless somebody goes on with it; null once it is whole. */
  readonly expiresAt: string | null;
}
