import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { expect, it } from 'vitest';
import { escapeText, isXmlText } from './escape-text.ts';

it('drops what XML forbids', () => {
  expect(escapeText('a\u0007b\ud800')).toBe('ab\ufffd');
  expect(['a\u0007', '\ud800', '\uffff', 'é\t音🎵\u0085'].map(isXmlText)).toEqual([false, false, false, true]);
});

it('is read back as it was by a strict parser, inside elements and attributes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }).filter(isXmlText), (text) => {
      const read: string[] = [];
      const parser = new SaxesParser({ xmlns: false });
      parser.on('opentag', ({ attributes }) => read.push(attributes['a']!));
      parser.on('text', (inside) => read.push(inside));
      parser.write(`<x a="${escapeText(text)}">.${escapeText(text)}</x>`).close();
      // Line ends become one kind, and in attributes they and tabs become spaces (XML 1.0, sections 2.11 and 3.3.3).
      const ends = text.replace(/\r\n?/g, '\n');
      expect(read).toEqual([ends.replace(/[\n\t]/g, ' '), `.${ends}`]);
    }),
  );
});
