// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML 1.0 forbids (section 2.2)
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** Text made safe inside elements and attributes of XML; control characters, which XML forbids, are dropped. */
export function escapeText(text: string): string {
  const allowed = text.replace(FORBIDDEN, '').toWellFormed();
  return allowed.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/** Whether XML can hold the text as it is. */
export function isXmlText(text: string): boolean {
  return text.isWellFormed() && text.search(FORBIDDEN) < 0;
}
