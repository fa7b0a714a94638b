// What a setting is beside its schema: its variable, what it may be in words, and how its text is read.

import { z } from 'zod';

/** Everything about a setting that its schema cannot say. */
export interface SettingNotes {
  /** The environment variable that sets it; null: the configuration file only. */
  readonly variable: string | null;
  /** Ends the sentence "it may be …" in the refusal of a bad value. */
  readonly may: string;
  /** How an environment variable's text becomes a value; texts stay as they are. */
  readonly reads?: 'number' | 'boolean';
  /** A file or folder: relative ones are taken from the working directory; URLs of databases stay as they are. */
  readonly isPath?: boolean;
  /** Never shown: `all` of it, or the `password` of a URL. */
  readonly secret?: 'all' | 'password';
}

const registry = z.registry<SettingNotes>();

/** Ties the notes to the schema of one setting. */
export function setting<Schema extends z.ZodType>(schema: Schema, notes: SettingNotes): Schema {
  registry.add(schema, notes);
  return schema;
}

/** The notes of a setting. */
export function notesOf(schema: z.core.$ZodType): SettingNotes {
  const notes = registry.get(schema);
  if (notes === undefined) throw new Error('a setting without notes: make it with setting()');
  return notes;
}

/** A text that is absent unless it is given; an empty one is a mistake. */
export const optionalText = () => z.string().min(1).nullable().default(null);
