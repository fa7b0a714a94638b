// Elasticsearch as a set of Java archives (44 of them): the bare server and its HTTP transport, nothing of X-Pack.

import { mavenJars } from '../java/maven-jars.ts';

/** An Elasticsearch 7.17 of the user's own. */
export const elasticsearchVariable = 'PAYSTRATA_TEST_ELASTICSEARCH_URL';

const version = '7.17.29';

/** Answers the folder of the archives. @throws ServerProgramMissing */
export async function elasticsearchJars(): Promise<string> {
  return mavenJars({
    name: 'Elasticsearch',
    folder: `elasticsearch-${version}`,
    artifacts: [
      `org.elasticsearch:elasticsearch:${version}`,
      `org.elasticsearch.plugin:transport-netty4-client:${version}`,
      // Both, or the server brings an older half.
      'org.apache.logging.log4j:log4j-api:2.19.0',
      'org.apache.logging.log4j:log4j-core:2.19.0',
    ],
    variable: elasticsearchVariable,
  });
}
