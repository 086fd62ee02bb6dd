export { putEmbeddedFolder } from './embedded-folder.ts';
export { emptyLibrary, onBothEngines } from './engines.ts';
