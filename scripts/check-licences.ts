// Fails on a licence outside the list, on a package in two versions, and when THIRD_PARTY.md is out of date.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { complaintsAbout, packagesOf, thirdPartyPage } from './licences/inventory.ts';

const root = join(import.meta.dirname, '..');
const pagePath = join(root, 'THIRD_PARTY.md');
const packages = packagesOf(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
const complaints = complaintsAbout(packages);
const page = thirdPartyPage(packages);

if (process.argv.includes('--write')) writeFileSync(pagePath, page);
else if (readFileSync(pagePath, 'utf8') !== page)
  complaints.push('THIRD_PARTY.md is out of date: npm run licences:write');

for (const complaint of complaints) console.error(complaint);
console.log(`licences: ${packages.length} packages, ${complaints.length} complaints`);
process.exitCode = complaints.length > 0 ? 1 : 0;
