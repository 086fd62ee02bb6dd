export { FIELD_NAMES, FIELDS, type FieldName } from './fields.data.ts';
export type { Filter } from './filter.ts';
export { FilterError, pointedAt } from './filter-error.ts';
export { foldText } from './fold-text.ts';
export { type FilterFacts, matchesFilter } from './matches-filter.ts';
export { parseFilter } from './parse-filter.ts';
