import { OBJECT_TYPE } from './tag-names.data.ts';

/** Columns of the Base64 text. */
const COLUMNS = 72;

/** An object as text, as Serato writes it where tags hold only text: its type, no name, its description, its bytes. */
export function objectText(description: string, content: Uint8Array): string {
  const whole = Buffer.concat([Buffer.from(`${OBJECT_TYPE}\0\0${description}\0`, 'latin1'), content]);
  const text = whole.toString('base64').replace(/=+$/, '');
  return (text.match(new RegExp(`.{1,${COLUMNS}}`, 'g')) ?? []).join('\n');
}
