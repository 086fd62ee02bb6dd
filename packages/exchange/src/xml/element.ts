import { escapeText } from './escape-text.ts';

/** Lines of XML, without indentation. */
export type XmlLines = readonly string[];

/**
 * An element with a line for each tag. Attributes that are null are left out. A reader makes one space of each tab and
 * line end in an attribute (XML 1.0, section 3.3.3), so those are written as references.
 */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | null>>,
  children: XmlLines = [],
): string[] {
  const shown = Object.entries(attributes).flatMap(([key, value]) =>
    value === null ? [] : ` ${key}="${escapeAttribute(String(value))}"`,
  );
  const tag = `${name}${shown.join('')}`;
  return children.length === 0 ? [`<${tag}/>`] : [`<${tag}>`, ...children, `</${name}>`];
}

function escapeAttribute(text: string): string {
  return escapeText(text).replace(/[\t\n\r]/g, (control) => `&#${control.charCodeAt(0)};`);
}

/** A whole document, as UTF-8 without a byte order mark. */
export function xmlDocument(root: XmlLines): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root.join('\n')}\n`;
}
