// Importing many payments at once: newline-delimited JSON in, one outcome a line out.

import { createHash } from 'node:crypto';
import { commandScopes, formatPosition, MAX_ROWS, type BulkResult } from '@paystrata/application';
import { bulkLines, outcomeOfRow, type BulkLine } from '../commands/bulk-rows.ts';
import { createLanes } from '../commands/lanes.ts';
import { idempotencyKeyOf } from '../commands/send-command.ts';
import type { Api, ApiParts, Reply, Request } from '../http/api.ts';
import { commandContextOf, POSITION_HEADER } from '../http/contexts.ts';
import { bulkHeaders } from '../http/headers.ts';
import { organizationOf } from '../http/principal.ts';
import { bulkOutcomeSchema } from '../schemas/bulk-schema.ts';
import { bulkBody } from '../schemas/command-bodies.ts';
import { answers, onWrites, withBody } from '../schemas/problem-schema.ts';
import { noQuery, tags } from './route-notes.ts';

const NDJSON = 'application/x-ndjson';
const ROUTE = '/v1/payments/bulk';
/**
 * Imports of this process that are worked on at a time. Each gives way to others every few milliseconds, but all that are
 * worked on take a turn before anybody else does.
 */
const AT_A_TIME = 2;
/** Bytes of a body. */
const MAX_BODY = 8 * 1024 * 1024;

/** A room of its own: only here are bodies lines of JSON, and nothing else. */
export async function bulkRoutes(app: Api, parts: ApiParts): Promise<void> {
  const lanes = createLanes(AT_A_TIME);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    [NDJSON, 'application/ndjson', 'application/jsonl'],
    { parseAs: 'string' },
    (_, body, done) => done(null, body),
  );
  app.post(
    ROUTE,
    {
      config: { scope: commandScopes.ImportPayments },
      bodyLimit: MAX_BODY,
      schema: {
        operationId: 'importPayments',
        tags: [tags.payments],
        summary: 'Import many payments at once',
        description: `One payment a line, at most ${MAX_ROWS}; each is stored or refused apart from the others. With \`settled\` a payment is recorded as completed outside. Answers one outcome a line, in their order.`,
        consumes: [NDJSON],
        querystring: noQuery,
        headers: bulkHeaders,
        body: bulkBody,
        response: answers(
          { 200: { description: 'One outcome a line.', content: { [NDJSON]: { schema: bulkOutcomeSchema } } } },
          ...[...withBody, ...onWrites, 'too_many_rows' as const],
          ...(['idempotency_in_flight', 'idempotency_key_reused'] as const),
        ),
      },
    },
    (request, reply) => lanes.run(() => importLines(parts, request, reply, request.body)),
  );
}

async function importLines(parts: ApiParts, request: Request, reply: Reply, body: string): Promise<Reply> {
  const hash = createHash('sha256').update(`POST ${ROUTE}\n`);
  const lines = await bulkLines(body, (slice) => hash.update(slice));
  const organizationId = organizationOf(request);
  const keyed = {
    organizationId,
    route: `POST ${ROUTE}`,
    key: idempotencyKeyOf(request),
    hash: () => hash.digest('hex'),
    paymentId: null,
  };
  return parts.idempotency.run(keyed, async ({ commandId, paymentId: newPaymentId }) => {
    const context = commandContextOf(request, parts, { organizationId, commandId, newPaymentId });
    const rows = lines.flatMap((line) => ('row' in line ? [line.row] : []));
    const results = await parts.composition.commands.execute({ type: 'ImportPayments', rows }, context);
    return answer(reply, lines, results);
  });
}

function answer(reply: Reply, lines: readonly BulkLine[], results: readonly BulkResult[]): Reply {
  const left = results.values();
  const outcomes = lines.map((each) => {
    if (!('row' in each)) return each;
    const { value } = left.next();
    if (value === undefined) throw new Error('the command bus answered fewer results than rows');
    return outcomeOfRow(each.line, value);
  });
  const last = results.findLast((result) => result.ok);
  if (last?.ok === true) reply.header(POSITION_HEADER, formatPosition(last.receipt.position));
  if (results.some((result) => result.ok && result.receipt.replayed)) reply.header('idempotency-replayed', 'true');
  const text = outcomes.map((outcome) => `${JSON.stringify(outcome)}\n`).join('');
  return reply.code(200).type(NDJSON).send(text);
}
