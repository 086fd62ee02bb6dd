import fc from 'fast-check';
import type { FilePlace } from '../paths/file-place.ts';

/** Names that trip readers of XML, URIs and lists, beside any text at all. */
const NASTY = [
  ...[
    'AT&T <live> "mix" \'07',
    '&amp;',
    '&#65;',
    ']]>',
    '<!--',
    '%20',
    '%2F..%2F',
    '100%',
    'a+b',
    '#1 hit',
    '?',
    ' lead',
    'trail ',
  ],
  ...[
    'a:b',
    ':a',
    'a:',
    'C:',
    'file:',
    'http:',
    'a=b',
    "it''s",
    'été',
    'e\u0301te\u0301',
    '音楽 🎵',
    '\u202eevil',
    '\ufeff',
    '\u2028',
    '\u0085',
  ],
  ...[
    'tab\there',
    'line\nend',
    'return\r',
    '..a',
    '...',
    '~',
    '$ROOT',
    '-',
    '__proto__',
    'constructor',
    'CON',
    'a'.repeat(300),
  ],
];

/** Any text without halves of surrogate pairs. */
export const anyText = fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', maxLength: 30 }), fc.string());

/** What XML can hold: for the rest a writer of XML refuses a path, and drops characters of a title. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML 1.0 forbids
const XML_FORBIDS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
export const xmlText = anyText.map((text) => text.replace(XML_FORBIDS, ''));

const isName = (name: string) => name !== '' && name !== '.' && name !== '..';

function posixName(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return text.map((name) => name.replace(/[/\0]/g, '')).filter(isName);
}

/** Windows forbids more in names, controls among it. */
function windowsName(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what Windows forbids
  return text.map((name) => name.replace(/[\u0000-\u001f<>:"/\\|?*]/g, '')).filter(isName);
}

/** Files on systems of all kinds; `text` is what their names are made of. */
export function anyPlace(text: fc.Arbitrary<string>): fc.Arbitrary<FilePlace> {
  const names = (name: fc.Arbitrary<string>, minLength: number) => fc.array(name, { minLength, maxLength: 5 });
  const letter = fc.constantFrom('A', 'C', 'Z');
  return fc.oneof(
    fc.record({ root: fc.constant('posix' as const), names: names(posixName(text), 1) }),
    fc.record({ root: fc.constant('drive' as const), letter, names: names(windowsName(text), 1) }),
    fc.record({
      root: fc.constant('share' as const),
      host: fc.constantFrom('nas', 'NAS-2', '192.168.1.5'),
      names: names(windowsName(text), 2),
    }),
  );
}
