// The whole configuration: its sections, and every setting with its key and variable.

import { z } from 'zod';
import { archiveSection } from './archive-section.ts';
import { cacheSection } from './cache-section.ts';
import { clientSection } from './client-section.ts';
import { limitsSection } from './limits-section.ts';
import { logSection } from './log-section.ts';
import { memorySection } from './memory-section.ts';
import { multiSourceSection } from './multi-source-section.ts';
import { serverSection } from './server-section.ts';
import { notesOf, type SettingNotes } from './setting.ts';
import { storageSection } from './storage-section.ts';
import { temporalSection } from './temporal-section.ts';

export const sections = {
  storage: storageSection,
  server: serverSection,
  client: clientSection,
  log: logSection,
  limits: limitsSection,
  memory: memorySection,
  cache: cacheSection,
  archive: archiveSection,
  multiSource: multiSourceSection,
  temporal: temporalSection,
} as const;

export const configSchema = z.strictObject({
  storage: storageSection.prefault({}),
  server: serverSection.prefault({}),
  client: clientSection.prefault({}),
  log: logSection.prefault({}),
  limits: limitsSection.prefault({}),
  memory: memorySection.prefault({}),
  cache: cacheSection.prefault({}),
  archive: archiveSection.prefault({}),
  multiSource: multiSourceSection.prefault({}),
  temporal: temporalSection.prefault({}),
});

/** What `paystrata.config.json` may hold, and what overrides may say. */
export type ConfigInput = z.input<typeof configSchema>;

/** One setting of the configuration. */
export interface Setting extends SettingNotes {
  readonly section: string;
  readonly name: string;
  /** Such as `storage.strategy`. */
  readonly key: string;
}

/** Every setting, in the order of the sections. */
export const settings: readonly Setting[] = Object.entries(sections).flatMap(([section, { shape }]) =>
  Object.entries<z.core.$ZodType>(shape).map(([name, schema]) => ({
    section,
    name,
    key: `${section}.${name}`,
    ...notesOf(schema),
  })),
);

/** The setting with that key. */
export function settingOf(key: string): Setting | undefined {
  return settings.find((setting) => setting.key === key);
}
