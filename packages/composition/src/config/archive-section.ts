// When old events are compressed.

import { z } from 'zod';
import { setting } from './setting.ts';

export const archiveSection = z.strictObject({
  /** Events older than so many days are compressed in the background; they are read as before. Null: none are. */
  afterDays: setting(z.int().min(1).max(36_500).nullable().default(null), {
    variable: null,
    may: 'be a whole number of days from 1 to 36500, or absent so that nothing is archived by itself',
  }),
});
