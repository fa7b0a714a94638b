// The test kit that every storage strategy must pass, published for teams that write their own.

export { allCases } from './all-cases.ts';
export { basicCases } from './basic-cases.ts';
export { isMet, type ConditionalCase, type ConformanceCase, type UnconditionalCase } from './kit/case.ts';
export { properties, type Property } from './kit/properties.ts';
export { resultsFolder, type CaseResult, type StrategyResults } from './kit/results.ts';
export { runCase, type CaseOutcome, type CaseRun } from './kit/run-case.ts';
export type { ConformanceFactory, Subject, Surroundings } from './kit/subject.ts';
export { World, type Installation } from './world/world.ts';
