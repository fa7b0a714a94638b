// A Java program's archives, fetched by Maven, which checks each against its published checksum.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installedOnce } from '../install/cache-folder.ts';
import { runCommand } from '../install/run-command.ts';
import { ServerProgramMissing } from '../server-failure.ts';

/** What to fetch: `group:name:version` each, with all that they depend on. */
export interface MavenProgram {
  readonly name: string;
  /** The folder's name in the cache: name and version. */
  readonly folder: string;
  readonly artifacts: readonly string[];
  /** The variable that names a server to use instead. */
  readonly variable: string;
}

/**
 * Answers the folder of the archives, from the cache or fetched into it.
 * @throws ServerProgramMissing when Java 17 or Maven is absent, or the archives are out of reach.
 */
export async function mavenJars({ name, folder, artifacts, variable }: MavenProgram): Promise<string> {
  try {
    await runCommand('java', ['-version']);
    return join(await installedOnce(folder, (draft) => install(draft, artifacts)), 'lib');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ServerProgramMissing(
      `${name}: it could not be installed; install a Java 17 development kit and Maven, ` +
        `or give a server in ${variable}.\n${reason}`,
      { cause },
    );
  }
}

async function install(folder: string, artifacts: readonly string[]): Promise<void> {
  writeFileSync(join(folder, 'pom.xml'), projectOf(artifacts));
  const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${join(folder, 'lib')}`];
  await runCommand('mvn', ['--batch-mode', '--quiet', '--strict-checksums', ...goal], { cwd: folder });
}

function projectOf(artifacts: readonly string[]): string {
  const dependencies = artifacts.map((artifact) => {
    const [group, name, version] = artifact.split(':');
    return `    <dependency>
      <groupId>${group}</groupId>
      <artifactId>${name}</artifactId>
      <version>${version}</version>
    </dependency>`;
  });
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>com.example</groupId>
  <artifactId>server</artifactId>
  <version>1</version>
  <dependencies>
${dependencies.join('\n')}
  </dependencies>
</project>
`;
}
