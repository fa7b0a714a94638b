// What a port throws when it cannot keep its promise. Refusals of the domain are values, not these.

/** Every code a port failure can have; `docs/errors.md` explains each. */
export const failureCodes = [
  'WRONG_EXPECTED_VERSION',
  'STREAM_ENDED',
  'EVENT_ID_REUSED',
  'OUTCOME_UNKNOWN',
  'STORE_UNAVAILABLE',
  'STORE_FULL',
  'STORE_DAMAGED',
  'SCHEMA_TOO_NEW',
  'EVENT_TOO_NEW',
  'POSITION_UNKNOWN',
  'POSITION_TIMEOUT',
  'CAPABILITY_MISSING',
  'CURSOR_INVALID',
  'INVALID_MESSAGE',
  'UNKNOWN_MESSAGE',
  'HANDLER_REGISTERED_TWICE',
  'CAUSATION_CYCLE',
  'FORBIDDEN',
  'CONFIG_INVALID',
] as const;

export type PortFailureCode = (typeof failureCodes)[number];

/** Thrown by ports; `retryable` tells whether the very same call may succeed later. */
export class PortFailure extends Error {
  readonly code: PortFailureCode;
  readonly retryable: boolean;
  readonly details: Readonly<Record<string, string | number | boolean>>;

  constructor(
    code: PortFailureCode,
    message: string,
    options: { readonly cause?: unknown; readonly retryable?: boolean; readonly details?: PortFailure['details'] } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'PortFailure';
    this.code = code;
    this.retryable = options.retryable ?? retryableByNature.has(code);
    this.details = options.details ?? {};
  }
}

const retryableByNature: ReadonlySet<PortFailureCode> = new Set([
  'OUTCOME_UNKNOWN',
  'STORE_UNAVAILABLE',
  'POSITION_TIMEOUT',
]);

/** One thing wrong with a message: where, and what would be right. */
export interface MessageIssue {
  /** Such as `amount` or `customer.email`; empty for the message itself. */
  readonly path: string;
  readonly message: string;
}

/** A command or query that is malformed, found before anything was done. */
export class InvalidMessage extends PortFailure {
  readonly issues: readonly MessageIssue[];

  constructor(type: string, issues: readonly MessageIssue[]) {
    super(
      'INVALID_MESSAGE',
      `${type}: ${issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ')}`,
    );
    this.name = 'InvalidMessage';
    this.issues = issues;
  }
}
