// Loads an optional package, or says what to install.

import { PortFailure } from '@paystrata/application';

/**
 * What the import answers.
 *
 * @param purpose what needs it, such as `the strategy memory-cqs`.
 * @throws PortFailure `CONFIG_INVALID` where the package is not installed; any other error of loading it as it is.
 */
export async function loadPackage<Exports>(
  name: string,
  purpose: string,
  load: () => Promise<Exports>,
): Promise<Exports> {
  try {
    return await load();
  } catch (error) {
    if (!isMissing(error, name)) throw error;
    throw new PortFailure('CONFIG_INVALID', `${purpose} needs ${name}: run \`npm install ${name}\``, { cause: error });
  }
}

/** True where that very package is not there, not one that it imports in turn. */
function isMissing(error: unknown, name: string): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'ERR_MODULE_NOT_FOUND' || error.code === 'MODULE_NOT_FOUND') &&
    error.message.includes(`'${name}'`)
  );
}
