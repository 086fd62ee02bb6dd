import { createHash } from 'node:crypto';
import { escapeText } from '../svg-text.ts';
import { PAGE_STYLE } from './page-style.ts';

export interface HtmlPage {
  /** As it is; it is escaped here. */
  readonly title: string;
  /** Rules beside those that all reports have. */
  readonly style?: string;
  /** HTML, with all words escaped. */
  readonly body: readonly string[];
  /** The only code that the page may run. */
  readonly script: string;
  /** What else the page may load out of itself, as a content security policy says it. */
  readonly allow?: string;
}

/** A page that needs nothing from elsewhere and can reach nothing elsewhere: opened from a disk it works the same. */
export function htmlPage({ title, style = '', body, script, allow }: HtmlPage): string {
  const policy = [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `script-src '${hashOf(script)}'`,
    ...(allow ? [allow] : []),
  ];
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="${policy.join(';')}">`,
    `<title>${escapeText(title)}</title><style>${PAGE_STYLE}${style}</style></head><body>`,
    ...body,
    `<script>${script}</script>`,
    '</body></html>',
    '',
  ].join('\n');
}

/** What a content security policy knows a script by. */
function hashOf(script: string): string {
  return `sha256-${createHash('sha256').update(script).digest('base64')}`;
}

/** Figures in a row, each with what it is. */
export function keyFigures(figures: readonly (readonly [value: string, name: string])[]): string {
  const boxes = figures.map(
    ([value, name]) => `<div><b>${escapeText(value)}</b><span>${escapeText(name)}</span></div>`,
  );
  return `<div class="keys">${boxes.join('')}</div>`;
}
