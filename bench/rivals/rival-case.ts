// A known failure as a runnable case: the same scenario on the rival, where it goes wrong, and on ours, where it must not.

/** What a scenario showed. */
export interface Finding {
  /** True where the failure that the case is about happened. */
  readonly broken: boolean;
  /** What was seen, in one line with figures. */
  readonly saw: string;
}

/** What a scenario may use: databases of a real PostgreSQL server. */
export interface RivalWorld {
  /** URL of an empty database of its own. */
  readonly database: () => Promise<string>;
  /** URL of a database on another server, on which next to nothing was written yet. */
  readonly databaseElsewhere: () => Promise<string>;
}

export interface RivalCase {
  /** As in the headings of `docs/failure-catalogue.md`. */
  readonly name: string;
  /** Who fails, as `package version`; for a pattern of code, what it is. */
  readonly rival: string;
  /** How the rival fails, in words of its finding. */
  readonly onRival: (world: RivalWorld) => Promise<Finding>;
  /** The same on ours. */
  readonly onOurs: (world: RivalWorld) => Promise<Finding>;
}
