import type { PlanMasterOptions } from '../plan/plan-master.ts';
import type { MasterPlan } from '../plan-schema.ts';
import { masterStyle, USUAL_STYLE } from '../styles/find-style.ts';
import { masterTarget, USUAL_TARGET } from '../targets/find-target.ts';
import { type MasterPreset, PRESET_VERSION } from './preset-schema.ts';

/** The options of a plan after a preset; what `options` say themselves counts more. */
export function withPreset(options: PlanMasterOptions, preset: MasterPreset): PlanMasterOptions {
  const { target = {}, output = {} } = preset;
  const base = masterTarget(target.name ?? USUAL_TARGET);
  const style = masterStyle(preset.style ?? USUAL_STYLE);
  const defined = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  return {
    source: options.source,
    target: {
      ...base,
      loudnessLufs: target.loudnessLufs === undefined ? base.loudnessLufs : target.loudnessLufs,
      toleranceLu: target.toleranceLu ?? base.toleranceLu,
      ceilingDb: target.ceilingDb ?? base.ceilingDb,
      mostLimitingDb: target.mostLimitingDb ?? base.mostLimitingDb,
    },
    style: {
      ...style,
      equaliser: { ...style.equaliser, tolerance: preset.tolerance ?? style.equaliser.tolerance },
      dynamics: { ...style.dynamics, amount: preset.amount ?? style.dynamics.amount },
    },
    ...(preset.phase && { phase: preset.phase }),
    output: {
      ...(output.sampleRate && { sampleRate: output.sampleRate }),
      ...(output.sampleFormat && { sampleFormat: output.sampleFormat }),
      ...(output.dither && { dither: output.dither }),
    },
    decided: {
      without: preset.without ?? [],
      stages: (preset.stages ?? []).map((stage) => ({
        ...stage,
        reason: `the preset ${preset.name} says so: ${stage.reason}`,
      })),
    },
    ...defined,
  };
}

/** A preset of what a plan decided: its target, its style, and its stages but for the level, as they are. */
export function presetOf(plan: MasterPlan, name: string, description: string): MasterPreset {
  return {
    schema: `tutti.master-preset/${PRESET_VERSION}`,
    name,
    description,
    target: plan.target,
    style: plan.style.name,
    stages: plan.stages.filter(({ kind }) => kind !== 'gain' && kind !== 'limiter'),
    output: { sampleFormat: plan.output.sampleFormat, dither: plan.output.dither },
  };
}
