// A real OpenSearch 2.18 for tests, one node.

import { type SearchNode, type SearchNodeOptions, startSearchNode } from '../java/search-node.ts';
import { oneNodeProgram } from './one-node.ts';
import { openSearchJars, searchVariable } from './opensearch-jars.ts';

/** How the server is started. */
export type OpenSearchOptions = SearchNodeOptions;

/** A running OpenSearch. */
export type OpenSearchServer = SearchNode;

/**
 * Gives the server of `PAYSTRATA_TEST_SEARCH_URL`, else starts one on a free port of 127.0.0.1 in about ten seconds.
 * A given one is shared with others: keep to indexes of your own. Resolves when all its indexes can be read and written.
 * @throws ServerProgramMissing, ServerStartFailed
 */
export async function startOpenSearch(options: OpenSearchOptions = {}): Promise<OpenSearchServer> {
  const plan = { name: 'OpenSearch', program: oneNodeProgram, jars: openSearchJars, variable: searchVariable };
  return startSearchNode(plan, options);
}
