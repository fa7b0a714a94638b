// Reads the configuration: defaults, then the file, then the environment, then overrides.

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { z } from 'zod';
import { ConfigInvalid, type ConfigIssue } from './config-invalid.ts';
import { configSchema, sections, settingOf, settings } from './config-schema.ts';
import {
  layEnvironment,
  layObject,
  noValues,
  type ConfigOverrides,
  type ConfigValues,
  type Environment,
  type Origin,
} from './config-values.ts';
import { didYouMean } from './nearest.ts';
import { isPostgresUrl } from './postgres-url.ts';
import { shownValue } from './shown-value.ts';

/** The optional file, beside which relative paths begin. */
export const CONFIG_FILE = 'paystrata.config.json';

type Settings = z.output<typeof configSchema>;

/** A configuration that was checked. Paths are absolute. */
export interface Config extends Omit<Settings, 'cache'> {
  readonly cache: { readonly ttlSeconds: number; readonly paymentTtlSeconds: number };
  /** Where each setting that is not a default comes from, by key. */
  readonly origins: ReadonlyMap<string, Exclude<Origin, 'default'>>;
}

export interface LoadConfigOptions {
  readonly env: Environment;
  /** The folder of the file, from which relative paths begin. */
  readonly cwd: string;
  /** Win over file and environment: what was given on the command line, or by a test. */
  readonly overrides?: ConfigOverrides;
}

/** @throws ConfigInvalid with everything that is wrong: bad values, and variables and keys that nobody knows. */
export function loadConfig({ env, cwd, overrides }: LoadConfigOptions): Config {
  const values = noValues();
  const issues = [
    ...layFile(values, cwd),
    ...layEnvironment(values, env),
    ...(overrides === undefined ? [] : layObject(values, overrides, 'override', 'overrides')),
  ];
  const result = configSchema.safeParse(values.sections);
  if (result.success && issues.length === 0) return finish(result.data, values, cwd);
  const refused = result.success ? [] : result.error.issues.flatMap((issue) => explain(issue, values));
  throw new ConfigInvalid([...issues, ...refused]);
}

function layFile(values: ConfigValues, cwd: string): ConfigIssue[] {
  let text: string;
  try {
    text = readFileSync(join(cwd, CONFIG_FILE), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    const reason = error instanceof Error ? error.message : String(error);
    return [{ name: CONFIG_FILE, message: `${CONFIG_FILE} cannot be read: ${reason}` }];
  }
  try {
    return layObject(values, JSON.parse(text), 'file', CONFIG_FILE);
  } catch {
    // The parser's own message quotes the file, which may hold secrets.
    return [{ name: CONFIG_FILE, message: `${CONFIG_FILE} is not JSON: check it with a JSON formatter` }];
  }
}

function explain(issue: z.core.$ZodIssue, { sections: given, origins }: ConfigValues): ConfigIssue[] {
  const [section, name] = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((unknown) => {
      const key = section === undefined ? unknown : `${section}.${unknown}`;
      const known = section === undefined ? Object.keys(sections) : settings.map((each) => each.key);
      return { name: key, message: `"${key}" is not a setting${didYouMean(key, known)}` };
    });
  }
  const key = `${section}.${name}`;
  const setting = settingOf(key);
  if (section === undefined || setting === undefined) return [{ name: key, message: issue.message }];
  const origin = origins.get(key);
  const source = origin === 'environment' && setting.variable !== null ? setting.variable : key;
  const place = origin === 'file' ? `${CONFIG_FILE}: ` : '';
  const was = JSON.stringify(shownValue(setting, given[section]?.[setting.name]));
  return [{ name: source, message: `${place}${source} is ${was}: it must ${setting.may}` }];
}

function finish(data: Settings, { origins }: ConfigValues, cwd: string): Config {
  const { storage, temporal, cache } = data;
  const isTemporal = storage.strategy === 'temporal';
  return {
    ...data,
    storage: absolute('storage', storage, cwd),
    temporal: absolute('temporal', temporal, cwd),
    cache: { ...cache, paymentTtlSeconds: cache.paymentTtlSeconds ?? (isTemporal ? 600 : 300) },
    origins,
  };
}

function absolute<Section extends object>(name: string, section: Section, cwd: string): Section {
  const entries: [string, unknown][] = Object.entries(section);
  const resolved = entries.map(([key, value]): [string, unknown] => {
    const isPath = settingOf(`${name}.${key}`)?.isPath === true;
    return [key, isPath && typeof value === 'string' && !isPostgresUrl(value) ? resolve(cwd, value) : value];
  });
  return { ...section, ...Object.fromEntries(resolved) };
}
