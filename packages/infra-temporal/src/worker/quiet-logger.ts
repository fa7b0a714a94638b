// The SDK's own chatter goes nowhere, its warnings and errors to the application's logger.

import type { Logger as PortLogger } from '@paystrata/application';
import { DefaultLogger, type Logger } from '@temporalio/worker';

/** Says nothing. */
export const quiet: Logger = new DefaultLogger('ERROR', () => undefined);

/** Warnings and errors of worker and workflows, with the ids of the workflows they are about. */
export function sdkLogger(logger: PortLogger): Logger {
  return new DefaultLogger('WARN', ({ level, message, meta }) => {
    if (asIntended.test(message)) return;
    const fields = { ...meta };
    if (level === 'ERROR') logger.error(fields, message);
    else logger.warn(fields, message);
  });
}

/** Each of our workers takes from one kind of queue only, which the SDK warns of. */
const asIntended = /^No (activities|workflows) registered/;
