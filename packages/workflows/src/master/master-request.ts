import {
  type MasterPlan,
  type MasterPreset,
  masterStyle,
  masterTarget,
  type PlanMasterOptions,
  type ReferenceSong,
  USUAL_TARGET,
  withPreset,
  withReference,
} from '@tutti/music/mastering';

/** What is asked of a master, as data that a thread can be given. What is left out, a preset or custom decides. */
export interface MasterRequest {
  /** Name of a target. */
  readonly target?: string | undefined;
  /** Name of a style. */
  readonly style?: string | undefined;
  /** LUFS, instead of the target's. */
  readonly loudnessLufs?: number | undefined;
  /** dBTP, instead of the target's. */
  readonly ceilingDb?: number | undefined;
  /** Of the equaliser. */
  readonly phase?: 'minimum' | 'linear' | undefined;
  readonly output?: Partial<MasterPlan['output']> | undefined;
  readonly preset?: MasterPreset | undefined;
  /** A song that the master is to sound like. */
  readonly reference?: ReferenceSong | undefined;
}

/**
 * What a plan is made by. A reference leads further than a preset, and what is asked for by name or number counts most.
 * @throws MasteringError 'invalid-option' naming all targets or styles there are; 'source' when the reference says nothing
 */
export function planOptionsOf(request: MasterRequest, source: PlanMasterOptions['source']): PlanMasterOptions {
  const { target, style, phase, preset, reference, loudnessLufs, ceilingDb } = request;
  const named: PlanMasterOptions = {
    source,
    ...(target !== undefined && { target: masterTarget(target) }),
    ...(style !== undefined && { style: masterStyle(style) }),
    ...(phase && { phase }),
  };
  const decided = preset ? withPreset(named, preset) : named;
  const led = reference ? withReference(decided, reference) : decided;
  const aim = led.target ?? masterTarget(USUAL_TARGET);
  return {
    ...led,
    target: { ...aim, loudnessLufs: loudnessLufs ?? aim.loudnessLufs, ceilingDb: ceilingDb ?? aim.ceilingDb },
    output: { ...led.output, ...request.output },
  };
}
