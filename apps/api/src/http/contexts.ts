// What commands and queries are told of the request that they came with.

import {
  commandContext,
  parsePosition,
  queryContext,
  type AnswerOrigin,
  type CommandContext,
  type Position,
  type QueryContext,
} from '@paystrata/application';
import { HttpProblem } from '../problems/http-problem.ts';
import { noteOrigin } from './answer-origin.ts';
import type { ApiParts, Request } from './api.ts';
import { organizationOf, requirePrincipal } from './principal.ts';

export const POSITION_HEADER = 'paystrata-position';

type Given = Partial<
  Pick<CommandContext, 'commandId' | 'newPaymentId' | 'expectedVersion' | 'respondAsync' | 'organizationId'>
>;

/** @throws HttpProblem, PortFailure where the request names no organization, or not its own. */
export function commandContextOf(request: Request, { composition }: ApiParts, given: Given): CommandContext {
  return commandContext({ ...senderOf(request), ...given }, composition.ids);
}

export function queryContextOf(request: Request, { composition }: ApiParts): QueryContext {
  const onAnswered = (origin: AnswerOrigin) => noteOrigin(request, origin);
  return queryContext({ ...senderOf(request), atLeast: positionOf(request), onAnswered }, composition.ids);
}

/** The id that ties what comes of the request together. */
export function correlationIdOf({ headers, id }: Request): string {
  const named = headers['x-correlation-id'];
  return typeof named === 'string' ? named : id;
}

function senderOf(request: Request) {
  const { keyId: actor, scopes } = requirePrincipal(request);
  return { organizationId: organizationOf(request), actor, scopes, correlationId: correlationIdOf(request) };
}

function positionOf({ headers }: Request): Position | null {
  const token = headers[POSITION_HEADER];
  if (token === undefined) return null;
  const position = typeof token === 'string' ? parsePosition(token) : undefined;
  if (position !== undefined) return position;
  throw new HttpProblem('malformed_header', 'Paystrata-Position must be what a write answered', {
    param: 'Paystrata-Position',
  });
}
