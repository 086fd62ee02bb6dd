import { z } from 'zod';

const besideSchema = z.tuple([z.string().regex(/^(?:[0-9a-f]{2})+$/), z.int().min(0), z.int()]);

/** A picture in the folder of a file: its path below the root in hexadecimal digits, bytes, microseconds since 1970. */
export type BesidePicture = Readonly<z.infer<typeof besideSchema>>;

/** What a walk noted of the pictures beside a file. @throws ZodError */
export function besidePictures(text: string | null): readonly BesidePicture[] {
  return text === null ? [] : z.array(besideSchema).parse(JSON.parse(text));
}
