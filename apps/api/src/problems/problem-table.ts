// Every code that the API can answer with: its status, what it means and what to do. `docs/errors.md` is made of this.

import type { PortFailureCode, RejectionCode } from '@paystrata/application';

/** One kind of problem. */
export interface ProblemKind {
  readonly status: number;
  /** One sentence for people, the same each time. */
  readonly meaning: string;
  readonly remedy: string;
}

function kind(status: number, meaning: string, remedy: string): ProblemKind {
  return { status, meaning, remedy };
}

const lookFirst = 'Read the payment and decide anew.';
const correct = 'Correct the field that `param` names.';
const tellOperator = 'Tell the operator; the request id finds the cause in the log.';

/** Refusals of the domain: nothing was changed. */
export const rejectionKinds: Readonly<Record<RejectionCode, ProblemKind>> = {
  payment_not_found: kind(404, 'The organization has no such payment.', 'Check the id, and whose key it is.'),
  payment_exists: kind(409, 'The reference belongs to another payment.', 'Use that payment, or another reference.'),
  payment_deleted: kind(410, 'The payment is deleted.', 'Its events and its timeline can still be read.'),
  illegal_state: kind(409, 'The state of the payment does not allow it.', lookFirst),
  needs_review: kind(409, 'Something of the payment waits for a person.', 'Settle what is parked first.'),
  amount_not_positive: kind(422, 'The amount is not above 0.', correct),
  amount_too_large: kind(422, 'The amount is above what one payment may be.', 'Split it, or raise `limits.maxAmount`.'),
  amount_mismatch: kind(422, "The amount stated is not the payment's.", lookFirst),
  currency_mismatch: kind(422, "The currency stated is not the payment's.", lookFirst),
  created_in_future: kind(422, 'The time of creation lies in the future.', correct),
  attempts_exhausted: kind(409, 'The payment was attempted ten times.', 'Create another payment.'),
  refund_exceeds_captured: kind(422, 'More than what is left of the capture.', 'Ask for at most `details.refundable`.'),
  nothing_to_refund: kind(409, 'All that was captured is refunded or reserved.', 'Wait for refunds that are pending.'),
  nothing_to_settle: kind(409, 'Nothing of the payment is parked.', lookFirst),
  settlement_ambiguous: kind(422, 'Several items are parked.', 'Name one of them with `itemId`.'),
  settlement_impossible: kind(
    422,
    'It cannot have come to this outcome.',
    'Read `detail`: it says what to do at the gateway.',
  ),
  item_unknown: kind(422, 'The payment has no such attempt or refund.', lookFirst),
  answer_conflict: kind(
    409,
    'The gateway contradicts what it said before.',
    'Compare with the records of the gateway.',
  ),
  personal_data_erased: kind(409, 'The personal data was erased for ever.', 'Change other fields only.'),
  field_too_long: kind(422, 'A text is longer than it may be.', correct),
  too_many_entries: kind(422, 'A list or map has more entries than it may have.', correct),
  payment_full: kind(409, 'The history of the payment has no room left.', 'Create another payment.'),
};

/** Ports that could not keep their promise. */
export const failureKinds: Readonly<Record<PortFailureCode, ProblemKind>> = {
  WRONG_EXPECTED_VERSION: kind(412, 'Somebody changed the payment meanwhile.', lookFirst),
  STREAM_ENDED: kind(409, 'The stream has a tombstone: nothing can be appended.', 'Begin another stream.'),
  EVENT_ID_REUSED: kind(409, 'The stream has the event id with other contents.', 'Give each event an id of its own.'),
  OUTCOME_UNKNOWN: kind(503, 'It may have happened or not.', 'Send it again with the same Idempotency-Key.'),
  STORE_UNAVAILABLE: kind(503, 'The store does not answer.', 'Send it again later, with the same Idempotency-Key.'),
  STORE_FULL: kind(507, 'The store takes no more.', 'Make room on its disk, or raise `memory.maxPayments`.'),
  STORE_DAMAGED: kind(500, 'The store is damaged.', 'Run `paystrata storage verify`; restore it from a backup.'),
  SCHEMA_TOO_NEW: kind(500, 'A newer version made the store.', 'Run that version or a later one.'),
  EVENT_TOO_NEW: kind(500, 'A newer version wrote the event.', 'Run that version or a later one.'),
  POSITION_UNKNOWN: kind(412, 'The position is of another life of the log.', 'Read again without Paystrata-Position.'),
  POSITION_TIMEOUT: kind(503, 'The position was not reached in time.', 'Read again after Retry-After seconds.'),
  CAPABILITY_MISSING: kind(501, 'The strategy cannot do this.', 'Choose another: `GET /v1/storage` lists what it can.'),
  CURSOR_INVALID: kind(400, 'The cursor is damaged, or of another list.', 'Begin again without it.'),
  INVALID_MESSAGE: kind(400, 'The request is malformed.', 'Correct what `errors` lists.'),
  UNKNOWN_MESSAGE: kind(500, 'Nothing handles the message.', tellOperator),
  HANDLER_REGISTERED_TWICE: kind(
    500,
    'Two handlers for one message.',
    'Register one: this is a mistake in the program.',
  ),
  CAUSATION_CYCLE: kind(
    500,
    'Handlers of events cause each other without end.',
    'End the cycle: this is a mistake in the program.',
  ),
  FORBIDDEN: kind(403, 'The key may not do this.', 'Use a key with the scope that `detail` names.'),
  CONFIG_INVALID: kind(
    500,
    'The configuration is refused.',
    'Correct what the message names: `paystrata config show`.',
  ),
};

/** What can be wrong with a request besides, and with the API itself. */
export const httpKinds = {
  malformed_json: kind(400, 'The body is not JSON, or holds a key that is never allowed.', 'Send well-formed JSON.'),
  malformed_header: kind(400, 'A header is malformed.', 'Correct the header that `param` names.'),
  malformed_request: kind(400, 'The request is no HTTP that can be read.', 'Correct the address, length or encoding.'),
  organization_required: kind(
    400,
    "An operator's key names no organization.",
    'Add the header Paystrata-Organization.',
  ),
  unauthorized: kind(401, 'No valid API key.', 'Send `Authorization: Bearer KEY` with a key that is not revoked.'),
  payment_declined: kind(402, 'The gateway declined the attempt.', '`failure` says why, and whether a retry can help.'),
  refund_declined: kind(402, 'The gateway declined the refund.', '`failure` says why, and whether a retry can help.'),
  route_not_found: kind(404, 'There is no such address.', 'See /docs for those that are.'),
  method_not_allowed: kind(405, 'The address has no such method.', 'Use one that the header Allow lists.'),
  request_timeout: kind(408, 'The request did not arrive in time.', 'Send it faster.'),
  idempotency_in_flight: kind(
    409,
    'The first request with this Idempotency-Key is still under way.',
    'Send it again later.',
  ),
  body_too_large: kind(413, 'The body is larger than it may be.', 'Send less at a time.'),
  too_many_rows: kind(413, 'More rows than one request may have.', 'Send at most 1,000 at a time.'),
  unsupported_media_type: kind(
    415,
    'The body is of another type than the address takes.',
    'Set Content-Type as documented.',
  ),
  wrong_role: kind(
    421,
    'The process serves other work: its role is `command`, `query` or `worker`.',
    'Send it to a process of the role that `detail` names, or of the role `all`.',
  ),
  idempotency_key_reused: kind(
    422,
    'The Idempotency-Key was sent with another request.',
    'Use a new key for each request.',
  ),
  precondition_required: kind(428, 'If-Match is missing.', 'Send the ETag of the payment that you saw.'),
  headers_too_large: kind(431, 'The headers are larger than they may be.', 'Send fewer or shorter ones.'),
  rate_limited: kind(429, 'Too many requests.', 'Wait as many seconds as Retry-After says.'),
  internal_error: kind(500, 'A mistake in the program.', tellOperator),
  shutting_down: kind(503, 'The server is about to end.', 'Send it again, with the same Idempotency-Key.'),
} as const satisfies Readonly<Record<string, ProblemKind>>;

export type HttpProblemCode = keyof typeof httpKinds;
export type ProblemCode = RejectionCode | PortFailureCode | HttpProblemCode;

/** All of them by code. */
export const problemKinds: Readonly<Record<ProblemCode, ProblemKind>> = {
  ...rejectionKinds,
  ...failureKinds,
  ...httpKinds,
};
