// A real Elasticsearch 7.17 for tests, one node.

import { type SearchNode, type SearchNodeOptions, startSearchNode } from '../java/search-node.ts';
import { elasticsearchJars, elasticsearchVariable } from './elasticsearch-jars.ts';
import { elasticsearchProgram } from './one-node.ts';

/**
 * Gives the server of `PAYSTRATA_TEST_ELASTICSEARCH_URL`, else starts one on a free port of 127.0.0.1 in some seconds.
 * Ours is the bare server: the standard analyzer only, no scripts, no reindexing, no security.
 * @throws ServerProgramMissing, ServerStartFailed
 */
export async function startElasticsearch(options: SearchNodeOptions = {}): Promise<SearchNode> {
  const plan = {
    name: 'Elasticsearch',
    program: elasticsearchProgram,
    jars: elasticsearchJars,
    variable: elasticsearchVariable,
  };
  return startSearchNode(plan, options);
}
