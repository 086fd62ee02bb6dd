// Owns the folder that it is told and says so, until it is killed.
import { ownFolder } from '../database/folder-owner.ts';

await ownFolder(process.argv[2]!);
process.stdout.write('owned\n');
setInterval(() => {}, 1000);
