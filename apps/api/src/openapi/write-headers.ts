// Tells in the document which headers the answers to writes carry.

import { mapParts, partOf } from './document-parts.ts';

const schema = { type: 'string' };

const headers = {
  ETag: { description: "The payment's version, for If-Match.", schema },
  'Paystrata-Position': { description: 'Give it to a read that must contain this write.', schema },
  'Paystrata-Workflow': { description: 'On Temporal, to `respond-async`: the id of the workflow.', schema },
  'Idempotency-Replayed': { description: '`true`: this was done before, and is shown again.', schema },
};

const writingMethods: ReadonlySet<string> = new Set(['post', 'patch', 'delete']);
const writtenStatuses: ReadonlySet<string> = new Set(['200', '201', '202', '402']);

/** The addresses below `/v1/payments` are those that write. */
export function withWriteHeaders<Document extends object>(document: Document): Document {
  const paths = mapParts(partOf(document, 'paths'), (path, address) =>
    address.startsWith('/v1/payments') ? mapParts(path, operationWithHeaders) : path,
  );
  return { ...document, paths };
}

function operationWithHeaders(operation: object, method: string): object {
  if (!writingMethods.has(method)) return operation;
  const responses = mapParts(partOf(operation, 'responses'), (response, status) =>
    writtenStatuses.has(status) ? { ...response, headers } : response,
  );
  return { ...operation, responses };
}
