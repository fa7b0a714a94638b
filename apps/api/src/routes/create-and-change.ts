// Creating, changing and deleting payments.

import { commandScopes, paymentIdFor } from '@paystrata/application';
import { sendCommand } from '../commands/send-command.ts';
import type { Api, ApiParts } from '../http/api.ts';
import { commandHeaders, conditionalHeaders } from '../http/headers.ts';
import { requireExpectedVersion } from '../http/preconditions.ts';
import { organizationOf } from '../http/principal.ts';
import type { ProblemCode } from '../problems/problem-table.ts';
import { createBody, deleteQuery, updateBody } from '../schemas/command-bodies.ts';
import { paymentSchema } from '../schemas/payment-schema.ts';
import { answers, onWrites, withBody } from '../schemas/problem-schema.ts';
import { paymentIdOf } from './payment-id.ts';
import { noQuery, paymentParams, tags } from './route-notes.ts';

const fieldCodes: readonly ProblemCode[] = [
  'amount_not_positive',
  'amount_too_large',
  'field_too_long',
  'too_many_entries',
];
const creationCodes: readonly ProblemCode[] = [
  ...fieldCodes,
  'payment_exists',
  'idempotency_in_flight',
  'idempotency_key_reused',
];
const changeCodes: readonly ProblemCode[] = [
  'payment_not_found',
  'payment_deleted',
  'illegal_state',
  'needs_review',
  'precondition_required',
];
const updateCodes: readonly ProblemCode[] = [
  ...changeCodes,
  ...fieldCodes,
  'currency_mismatch',
  'personal_data_erased',
];

export function createAndChangeRoutes(app: Api, parts: ApiParts): void {
  createRoute(app, parts);
  updateRoute(app, parts);
  deleteRoute(app, parts);
}

function createRoute(app: Api, parts: ApiParts): void {
  app.post(
    '/v1/payments',
    {
      config: { scope: commandScopes.CreatePayment },
      schema: {
        operationId: 'createPayment',
        tags: [tags.payments],
        summary: 'Create a payment',
        description: 'A reference is unique in the organization, for ever: it then is what names the payment.',
        querystring: noQuery,
        headers: commandHeaders,
        body: createBody,
        response: answers({ 201: paymentSchema, 202: paymentSchema }, ...withBody, ...onWrites, ...creationCodes),
      },
    },
    (request, reply) => {
      const reference = request.body.reference ?? null;
      const organizationId = organizationOf(request);
      const paymentId = reference === null ? null : paymentIdFor(organizationId, reference, parts.composition.ids);
      const command = { ...request.body, type: 'CreatePayment' } as const;
      return sendCommand(parts, request, reply, { paymentId, command, done: 201, expectedVersion: null });
    },
  );
}

function updateRoute(app: Api, parts: ApiParts): void {
  app.patch(
    '/v1/payments/:id',
    {
      config: { scope: commandScopes.UpdatePayment },
      schema: {
        operationId: 'updatePayment',
        tags: [tags.payments],
        summary: 'Change amount, description, customer or metadata',
        description: 'A JSON merge patch (RFC 7396): what is left out stays, null removes.',
        params: paymentParams,
        querystring: noQuery,
        headers: conditionalHeaders,
        body: updateBody,
        response: answers({ 200: paymentSchema, 202: paymentSchema }, ...withBody, ...onWrites, ...updateCodes),
      },
    },
    (request, reply) => {
      const paymentId = paymentIdOf(request.params.id);
      const expectedVersion = requireExpectedVersion(request);
      const command = { ...request.body, type: 'UpdatePayment', paymentId } as const;
      return sendCommand(parts, request, reply, { paymentId, command, done: 200, expectedVersion });
    },
  );
}

function deleteRoute(app: Api, parts: ApiParts): void {
  app.delete(
    '/v1/payments/:id',
    {
      config: { scope: commandScopes.DeletePayment },
      schema: {
        operationId: 'deletePayment',
        tags: [tags.payments],
        summary: 'Delete a payment that moved no money',
        description: 'Its history stays. Answers with the payment as it is then.',
        params: paymentParams,
        querystring: deleteQuery,
        headers: conditionalHeaders,
        response: answers({ 200: paymentSchema, 202: paymentSchema }, ...onWrites, ...changeCodes, 'field_too_long'),
      },
    },
    (request, reply) => {
      const paymentId = paymentIdOf(request.params.id);
      const expectedVersion = requireExpectedVersion(request);
      const command = { ...request.query, type: 'DeletePayment', paymentId } as const;
      return sendCommand(parts, request, reply, { paymentId, command, done: 200, expectedVersion });
    },
  );
}
