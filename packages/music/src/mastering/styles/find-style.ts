import { MasteringError } from '../mastering-error.ts';
import type { MasterStyle } from './master-style.ts';
import { STYLES } from './styles.data.ts';

/** The styles, by their names. */
export const MASTER_STYLES: ReadonlyMap<string, MasterStyle> = new Map(STYLES.map((style) => [style.name, style]));

/** What is done when nobody asks for a style. */
export const USUAL_STYLE = 'balanced';

/** @throws MasteringError 'invalid-option' naming all styles when there is none of that name */
export function masterStyle(name: string): MasterStyle {
  const style = MASTER_STYLES.get(name);
  if (style) return style;
  throw new MasteringError(
    'invalid-option',
    `there is no style "${name}"; there are ${[...MASTER_STYLES.keys()].join(', ')}`,
  );
}
