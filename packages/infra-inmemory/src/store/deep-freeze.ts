// Makes values unchangeable all the way down, so that nothing outside can change what is stored.

const frozen = new WeakSet<object>();

/** Freezes the value in place; parts that were frozen here before are not walked again. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !frozen.has(value)) {
    frozen.add(value);
    for (const part of Object.values(value)) deepFreeze(part);
    Object.freeze(value);
  }
  return value;
}
