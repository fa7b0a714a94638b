// The rows of a bulk: one JSON object a line in, one outcome a line out.

import {
  InvalidMessage,
  type BulkResult,
  type MessageIssue,
  type Receipt,
  type Rejection,
} from '@paystrata/application';
import { problemKinds, type ProblemCode } from '../problems/problem-table.ts';

/** One line of the body. */
export interface BulkLine {
  /** Counted from 1, blank lines too. */
  readonly line: number;
  /** What the line holds; undefined where it is not JSON, or too long. */
  readonly row: unknown;
}

/** Characters of one line. */
const MAX_LINE = 256 * 1024;

/** What became of one line. */
export type BulkOutcome =
  | {
      readonly line: number;
      readonly ok: true;
      readonly id: string;
      readonly version: number;
      readonly replayed: boolean;
    }
  | {
      readonly line: number;
      readonly ok: false;
      readonly code: ProblemCode;
      readonly message: string;
      readonly param: string | null;
      readonly details: Rejection['details'];
      readonly errors: readonly { readonly param: string; readonly message: string }[];
    };

/** Blank lines are left out. */
export function bulkLines(body: string): readonly BulkLine[] {
  return body
    .split('\n')
    .flatMap((text, index) => (text.trim() === '' ? [] : [{ line: index + 1, row: parsed(text) }]));
}

function parsed(text: string): unknown {
  if (text.length > MAX_LINE) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function outcomeOfRow(line: number, result: BulkResult): BulkOutcome {
  if (result.ok) return stored(line, result.receipt);
  if ('rejection' in result) {
    const { code, message, param, details } = result.rejection;
    return { line, ok: false, code, message, param, details, errors: [] };
  }
  const { failure } = result;
  const errors = failure instanceof InvalidMessage ? failure.issues.map(errorOf) : [];
  const isInside = problemKinds[failure.code].status >= 500;
  const message = isInside ? problemKinds[failure.code].meaning : failure.message;
  return { line, ok: false, code: failure.code, message, param: errors[0]?.param ?? null, details: {}, errors };
}

/** A line that is not JSON, or too long. */
export function unreadable(line: number): BulkOutcome {
  const message = `is not a JSON object of at most ${MAX_LINE} characters`;
  return { line, ok: false, code: 'malformed_json', message, param: null, details: {}, errors: [] };
}

function stored(line: number, { paymentId, version, replayed }: Receipt): BulkOutcome {
  return { line, ok: true, id: paymentId, version, replayed };
}

function errorOf({ path, message }: MessageIssue) {
  return { param: path, message };
}
