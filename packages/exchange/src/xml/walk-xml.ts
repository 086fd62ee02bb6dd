import { SaxesParser } from 'saxes';
import { ExchangeError } from '../errors.ts';
import { DEEPEST_ELEMENT, LONGEST_TEXT } from '../limits.ts';

/** An element that has begun. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Names of the elements around it, outermost first; a view that changes as the walk goes on. */
  readonly around: readonly string[];
}

export interface XmlVisitor {
  readonly open: (element: XmlElement) => void;
  readonly close: (name: string) => void;
}

/**
 * Walks through a document, strictly well-formed, in order.
 * Limits: its length, its depth; a document type declaration is refused, so there are no entities to expand but the five
 * of XML and numbered characters, each of which is shorter than its reference.
 * @param what the format, for messages
 * @param root name of the outermost element
 * @throws ExchangeError 'limit', 'unsupported' (another root), 'corrupt'; what the visitor throws
 */
export function walkXml(text: string, what: string, root: string, { open, close }: XmlVisitor): void {
  if (text.length > LONGEST_TEXT) {
    throw new ExchangeError('limit', `the ${what} has ${text.length} characters; at most ${LONGEST_TEXT} are read`);
  }
  const parser = new SaxesParser({ xmlns: false, position: true });
  const around: string[] = [];
  parser.on('error', (error) => {
    throw new ExchangeError('corrupt', `this is no usable ${what}: ${error.message}`, error);
  });
  parser.on('doctype', () => {
    throw new ExchangeError('corrupt', `this is no usable ${what}: it has a document type declaration`);
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (around.length === 0 && name !== root) {
      throw new ExchangeError('unsupported', `this is no ${what}: its outermost element is ${name}, not ${root}`);
    }
    if (around.length >= DEEPEST_ELEMENT) {
      throw new ExchangeError('limit', `the ${what} has over ${DEEPEST_ELEMENT} elements inside each other`);
    }
    open({ name, attributes, around });
    around.push(name);
  });
  parser.on('closetag', ({ name }) => {
    around.pop();
    close(name);
  });
  parser.write(text).close();
}
