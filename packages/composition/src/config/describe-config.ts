// The configuration for people to see: every setting with its value and where that comes from.

import { settings } from './config-schema.ts';
import type { Origin } from './config-values.ts';
import type { Config } from './load-config.ts';
import { shownValue, type ShownValue } from './shown-value.ts';

export interface DescribedSetting {
  /** Such as `storage.strategy`. */
  readonly key: string;
  /** The environment variable that sets it, where there is one. */
  readonly variable: string | null;
  /** Secrets are masked. */
  readonly value: ShownValue;
  readonly origin: Origin;
}

/** Every setting, in a fixed order; holds no secret. */
export function describeConfig(config: Config): readonly DescribedSetting[] {
  const sections = new Map<string, object>(Object.entries(config));
  return settings.map((setting) => {
    const values = new Map<string, unknown>(Object.entries(sections.get(setting.section) ?? {}));
    const { key, variable } = setting;
    const value = shownValue(setting, values.get(setting.name));
    return { key, variable, value, origin: config.origins.get(key) ?? 'default' };
  });
}
