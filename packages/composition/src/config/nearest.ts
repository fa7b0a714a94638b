// "Did you mean …?" for names that nobody knows.

import { distance } from 'fastest-levenshtein';

/** Ends a sentence with the known name that is nearest to the unknown one; says nothing where none is near. */
export function didYouMean(unknown: string, known: readonly string[]): string {
  const [nearest] = known
    .map((name) => ({ name, distance: distance(unknown.toLowerCase(), name.toLowerCase()) }))
    .filter((each) => each.distance <= Math.max(2, each.name.length / 4))
    .sort((a, b) => a.distance - b.distance);
  return nearest === undefined ? '' : `; did you mean ${nearest.name}?`;
}
