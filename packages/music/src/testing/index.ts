// What checks outside of this package need, too: nothing that runs for a user imports it.
export { analysisOf } from './analysis-of.ts';
export { makeCrate } from './crates.ts';
