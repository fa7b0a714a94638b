// Makes values unchangeable all the way down, so that nothing outside can change what is stored.

/**
 * Freezes the value in place. What is frozen already is taken as frozen all the way down: values are data that was
 * frozen here before, or by the domain, and parts that a new version of a payment shares with the last one are most.
 */
export function deepFreeze<T>(value: T): T {
  freezeAll(value);
  return value;
}

function freezeAll(value: unknown): void {
  if (!isRecord(value) || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const key in value) {
    const part = value[key];
    if (typeof part === 'object') freezeAll(part);
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
