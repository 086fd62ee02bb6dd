import { readPlan, refusal } from '../../plans/read-plan.ts';
import { MasteringError } from '../mastering-error.ts';
import { STAGE_ORDER } from '../stage-schemas.ts';
import { masterStyle } from '../styles/find-style.ts';
import { masterTarget } from '../targets/find-target.ts';
import { type MasterPreset, presetSchema } from './preset-schema.ts';

const PRESET = 'master preset';
const FAMILY = 'tutti.master-preset/';

/** Makes a preset of one version into one of the next. */
export type Migration = (preset: Record<string, unknown>) => Record<string, unknown>;

/** The migration at index i leads from version i + 1 to version i + 2. Version 1 is the first: there is none yet. */
const MIGRATIONS: readonly Migration[] = [];

/**
 * Reads a preset that may have been edited by hand, or written by an older version.
 * @throws MasteringError 'invalid-preset' naming the field, its value and what is allowed; or that it is damaged, or newer
 *   than this program
 */
export function parseMasterPreset(json: unknown): MasterPreset {
  const preset = readPlan(presetSchema, migrated(json, MIGRATIONS), PRESET, invalid);
  if (preset.target?.name !== undefined) named(() => masterTarget(preset.target!.name!));
  if (preset.style !== undefined) named(() => masterStyle(preset.style!));
  preset.stages?.forEach(({ kind }, index) => {
    const before = preset.stages![index - 1]?.kind;
    if (kind === 'gain' || kind === 'limiter')
      throw invalid(
        refusal(PRESET, `stages[${index}].kind`, kind, 'must be neither gain nor limiter: they follow from the target'),
      );
    if (before !== undefined && STAGE_ORDER.indexOf(kind) <= STAGE_ORDER.indexOf(before))
      throw invalid(refusal(PRESET, `stages[${index}].kind`, kind, `must come behind ${before} in the chain`));
    if (preset.without?.includes(kind))
      throw invalid(refusal(PRESET, `stages[${index}].kind`, kind, 'must not be in "without" as well'));
  });
  return preset;
}

/**
 * Brings a preset to the newest version.
 * @throws MasteringError 'invalid-preset' when it is none, or of a version that is not known
 */
export function migrated(json: unknown, migrations: readonly Migration[]): unknown {
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw invalid(`${PRESET}: it is damaged: a preset is a JSON object`);
  const schema = 'schema' in json ? json.schema : undefined;
  const version = typeof schema === 'string' && schema.startsWith(FAMILY) ? Number(schema.slice(FAMILY.length)) : 0;
  const newest = migrations.length + 1;
  if (!Number.isInteger(version) || version < 1)
    throw invalid(
      refusal(PRESET, 'schema', schema, `must be "${FAMILY}1" to "${FAMILY}${newest}": it is no preset, or damaged`),
    );
  if (version > newest)
    throw invalid(
      `${PRESET}: it is of version ${version}, and this program knows versions up to ${newest}: it was made by a newer one`,
    );
  return migrations
    .slice(version - 1)
    .reduce<Record<string, unknown>>(
      (preset, migrate, index) => ({ ...migrate(preset), schema: `${FAMILY}${version + index + 1}` }),
      { ...json },
    );
}

function named(find: () => unknown): void {
  try {
    find();
  } catch (error) {
    throw invalid(`${PRESET}: ${(error as Error).message}`);
  }
}

function invalid(message: string): MasteringError {
  return new MasteringError('invalid-preset', message);
}
