// Makes values unchangeable all the way down, so that nothing outside can change what is stored.

/**
 * Freezes the value in place. What is frozen already is taken as frozen all the way down: values are data that was
 * frozen here before, or by the domain, and parts that a new version of a payment shares with the last one are most.
 */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) if (typeof part === 'object') deepFreeze(part);
  }
  return value;
}
