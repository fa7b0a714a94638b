// Tells in the document where to go on with a payment that was created: its id is that of the answer.

import { mapParts, partOf } from './document-parts.ts';

const ONE_PAYMENT = '/v1/payments/{id}';

/** A link by the name of each operation on one payment. */
export function withPaymentLinks<Document extends object>(document: Document): Document {
  const all = partOf(document, 'paths');
  const operations = Object.entries(all).filter(([address]) => address.startsWith(ONE_PAYMENT));
  const names = operations.flatMap(([, path]) => Object.values(path).flatMap((each) => operationIdOf(each) ?? []));
  const links = Object.fromEntries(
    names.map((operationId) => [operationId, { operationId, parameters: { id: '$response.body#/id' } }]),
  );
  const paths = mapParts(all, (path, address) =>
    address === '/v1/payments'
      ? mapParts(path, (operation, method) => (method === 'post' ? withLinks(operation, links) : operation))
      : path,
  );
  return { ...document, paths };
}

function withLinks(operation: object, links: object): object {
  const responses = mapParts(partOf(operation, 'responses'), (response, status) =>
    status === '201' ? { ...response, links } : response,
  );
  return { ...operation, responses };
}

function operationIdOf(operation: unknown): string | null {
  if (typeof operation !== 'object' || operation === null || !('operationId' in operation)) return null;
  return typeof operation.operationId === 'string' ? operation.operationId : null;
}
