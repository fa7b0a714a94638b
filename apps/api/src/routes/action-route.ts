// One route that does something to a payment: they differ in body, command and codes only.

import { commandScopes, type CommandType, type PaymentId } from '@paystrata/application';
import type { z } from 'zod';
import { sendCommand, type PaymentCommand } from '../commands/send-command.ts';
import type { Api, ApiParts } from '../http/api.ts';
import { commandHeaders } from '../http/headers.ts';
import type { ProblemCode } from '../problems/problem-table.ts';
import { paymentSchema } from '../schemas/payment-schema.ts';
import { answers, onWrites, withBody } from '../schemas/problem-schema.ts';
import { paymentIdOf } from './payment-id.ts';
import { noQuery, paymentParams, tags } from './route-notes.ts';

export interface Action<Body extends z.ZodType> {
  /** The last part of the address. */
  readonly path: string;
  readonly type: CommandType;
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly body: Body;
  readonly command: (body: z.output<Body>, paymentId: PaymentId) => PaymentCommand;
  /** The status once it is done. */
  readonly done: 200 | 201;
  /** What may go wrong with this one besides. */
  readonly codes: readonly ProblemCode[];
}

const commonCodes: readonly ProblemCode[] = [
  ...withBody,
  ...onWrites,
  'payment_not_found',
  'payment_deleted',
  'illegal_state',
  'needs_review',
  'idempotency_in_flight',
  'idempotency_key_reused',
];

export function actionRoute<Body extends z.ZodType>(app: Api, parts: ApiParts, action: Action<Body>): void {
  const { path, type, operationId, summary, description, body, command, done, codes } = action;
  app.post(
    `/v1/payments/:id/${path}`,
    {
      config: { scope: commandScopes[type] },
      schema: {
        operationId,
        summary,
        ...(description !== undefined && { description }),
        tags: [tags.commands],
        params: paymentParams,
        querystring: noQuery,
        headers: commandHeaders,
        body,
        response: answers({ [done]: paymentSchema, 202: paymentSchema }, ...commonCodes, ...codes),
      },
    },
    (request, reply) => {
      const paymentId = paymentIdOf(request.params.id);
      // Validated by the schema `body`; the compiler cannot see through the generic.
      const checked = request.body as z.output<Body>;
      return sendCommand(parts, request, reply, { paymentId, command: command(checked, paymentId), done });
    },
  );
}
