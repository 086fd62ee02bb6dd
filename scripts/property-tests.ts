// What holds for every property test. A draw that fails is made smaller step by step, which can take a thousand runs of a
// property: after this time the smallest one so far is told. A property that does not fail never takes so long.
import fc from 'fast-check';

const LONGEST_MILLISECONDS = 20_000;

fc.configureGlobal({ interruptAfterTimeLimit: LONGEST_MILLISECONDS });
