// Gathers the values of the settings from the file, the environment and the overrides, remembering where each is from.

import { settings, type ConfigInput } from './config-schema.ts';
import type { ConfigIssue } from './config-invalid.ts';
import { didYouMean } from './nearest.ts';

/** Where a value comes from; the later ones win. */
export type Origin = 'default' | 'file' | 'environment' | 'override';

/** Values by section and name, not yet checked, and the origin of each that is given, by key. */
export interface ConfigValues {
  readonly sections: Record<string, Record<string, unknown>>;
  readonly origins: Map<string, Exclude<Origin, 'default'>>;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Read by the tests and tools of the project's own repository; no settings. */
const foreignVariables = /^PAYSTRATA_(TEST_\w+|PROOF|CACHE_DIR)$/;

/** Lays the values of a file or of overrides over those that are there. @returns what is no object where one is due. */
export function layObject(
  values: ConfigValues,
  input: unknown,
  origin: 'file' | 'override',
  name: string,
): ConfigIssue[] {
  if (!isObject(input)) return [{ name, message: `${name} must hold a JSON object` }];
  return Object.entries(input).flatMap(([section, content]) => {
    if (content === undefined) return [];
    if (!isObject(content)) {
      return [{ name: section, message: `${name}: "${section}" must hold a JSON object` }];
    }
    sectionOf(values, section);
    for (const [key, value] of Object.entries(content)) {
      if (value !== undefined) lay(values, section, key, value, origin);
    }
    return [];
  });
}

/** Lays the `PAYSTRATA_*` variables over the values. @returns those that nobody knows, and those that are empty. */
export function layEnvironment(values: ConfigValues, environment: Environment): ConfigIssue[] {
  const known = new Map(
    settings.flatMap((setting) => (setting.variable === null ? [] : [[setting.variable, setting]])),
  );
  return Object.entries(environment).flatMap(([name, text]) => {
    if (!name.startsWith('PAYSTRATA_') || text === undefined || foreignVariables.test(name)) return [];
    const setting = known.get(name);
    if (setting === undefined) {
      return [{ name, message: `${name} is not a setting${didYouMean(name, [...known.keys()])}` }];
    }
    if (text === '') return [{ name, message: `${name} is empty: give it a value or take it away` }];
    lay(values, setting.section, setting.name, valueOf(text, setting.reads), 'environment');
    return [];
  });
}

export function noValues(): ConfigValues {
  return { sections: {}, origins: new Map() };
}

/** Settings that are given in code, in the form of the file. */
export type ConfigOverrides = {
  readonly [Section in keyof ConfigInput]?: Partial<NonNullable<ConfigInput[Section]>> | undefined;
};

function lay(
  values: ConfigValues,
  section: string,
  name: string,
  value: unknown,
  origin: Exclude<Origin, 'default'>,
): void {
  define(sectionOf(values, section), name, value);
  values.origins.set(`${section}.${name}`, origin);
}

function sectionOf({ sections }: ConfigValues, name: string): Record<string, unknown> {
  const known = Object.hasOwn(sections, name) ? sections[name] : undefined;
  const section = known ?? {};
  if (known === undefined) define(sections, name, section);
  return section;
}

/** Also where the name is `__proto__`, which the schema then refuses. */
function define(object: object, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}

function valueOf(text: string, reads: 'number' | 'boolean' | undefined): unknown {
  if (reads === 'number') return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
  if (reads === 'boolean')
    return text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : text;
  return text;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
