// What is wrong with a configuration, in words that tell what to change.

import { PortFailure } from '@paystrata/application';

/** One thing wrong: the variable or key, and a sentence that names it, what it was and what it may be. */
export interface ConfigIssue {
  readonly name: string;
  readonly message: string;
}

/** Thrown before anything is started; lists everything that is wrong at once. */
export class ConfigInvalid extends PortFailure {
  readonly issues: readonly ConfigIssue[];

  constructor(issues: readonly ConfigIssue[], cause?: unknown) {
    super('CONFIG_INVALID', issues.map(({ message }) => message).join('\n'), cause === undefined ? {} : { cause });
    this.name = 'ConfigInvalid';
    this.issues = issues;
  }
}
