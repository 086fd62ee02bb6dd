// Scans the folder that it is told with the library of TUTTI_HOME, and says the report: a program that can be killed.
import { addLibraryRoot } from '../library/library-roots.ts';
import { withLibrary } from '../library/user-library.ts';
import { scanLibrary } from '../scan/scan-library.ts';

const report = await withLibrary({}, async (library) => {
  await addLibraryRoot(library, process.argv[2]!);
  return scanLibrary(library, { analyse: true, jobs: 2 });
});
process.stdout.write(JSON.stringify(report));
