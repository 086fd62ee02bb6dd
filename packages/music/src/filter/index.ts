export {
  type DateField,
  FIELD_NAMES,
  FIELDS,
  type FieldName,
  type NumberField,
  type TextField,
} from './fields.data.ts';
export type { Filter, RangeRule, TextRule, WordsRule } from './filter.ts';
export { FilterError, pointedAt } from './filter-error.ts';
export { filterSchema } from './filter-schema.ts';
export { foldText } from './fold-text.ts';
export { type FilterFacts, matchesFilter, WORD_FIELDS } from './matches-filter.ts';
export { looseWords, nearWords, withMeantWords } from './near-words.ts';
export { parseFilter } from './parse-filter.ts';
