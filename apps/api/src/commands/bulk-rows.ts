// The rows of a bulk: one JSON object a line in, one outcome a line out.

import { setImmediate } from 'node:timers/promises';
import {
  InvalidMessage,
  MAX_ROWS,
  parseMessage,
  type BulkResult,
  type MessageIssue,
  type Receipt,
  type Rejection,
} from '@paystrata/application';
import { z } from 'zod';
import { HttpProblem } from '../problems/http-problem.ts';
import { problemKinds, type ProblemCode } from '../problems/problem-table.ts';
import { excessOf } from '../server/json-shape.ts';

/** One line of the body: a row, or why it is none. */
export type BulkLine = { readonly line: number; readonly row: object } | RefusedLine;

type RefusedLine = Extract<BulkOutcome, { readonly ok: false }>;

const anyObject = z.looseObject({});

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

/** Characters that are read in one go: others wait that long. */
const SLICE = 256 * 1024;

/**
 * Blank lines are left out; lines are counted from 1, blank ones too. Lets others go first between two slices of a
 * long body, and stops at the first row too many.
 *
 * @param onSlice is given all of the body, slice by slice
 * @throws HttpProblem `too_many_rows`
 */
export async function bulkLines(body: string, onSlice: (slice: string) => void): Promise<readonly BulkLine[]> {
  const lines: BulkLine[] = [];
  let sliceFrom = 0;
  for (let from = 0, line = 1; from < body.length; line++) {
    const end = body.indexOf('\n', from);
    const to = end === -1 ? body.length : end;
    const text = end === from ? '' : body.slice(from, to);
    if (text !== '' && text.trim() !== '') {
      if (lines.length === MAX_ROWS) {
        throw new HttpProblem('too_many_rows', `the body has more than ${MAX_ROWS} rows: send fewer at a time`);
      }
      lines.push(lineOf(text, line));
    }
    from = to + 1;
    if (from - sliceFrom < SLICE) continue;
    onSlice(body.slice(sliceFrom, from));
    sliceFrom = from;
    await setImmediate();
  }
  onSlice(body.slice(sliceFrom));
  return lines;
}

/** Looks at each line by itself, so that none takes the others down. */
function lineOf(text: string, line: number): BulkLine {
  if (text.length > MAX_LINE || excessOf(text) !== null) return unreadable(line);
  try {
    return { line, row: parseMessage(anyObject, 'row', JSON.parse(text)) };
  } catch (error) {
    return error instanceof InvalidMessage ? refused(line, { ok: false, failure: error }) : unreadable(line);
  }
}

/** What became of a row that was sent. */
export function outcomeOfRow(line: number, result: BulkResult): BulkOutcome {
  return result.ok ? stored(line, result.receipt) : refused(line, result);
}

function refused(line: number, result: Extract<BulkResult, { readonly ok: false }>): RefusedLine {
  if ('rejection' in result) {
    const { code, message, param, details } = result.rejection;
    return { line, ok: false, code, message, param, details, errors: [] };
  }
  const { code, message } = result.failure;
  const errors = result.failure instanceof InvalidMessage ? result.failure.issues.map(errorOf) : [];
  const param = errors.find((each) => each.param !== '')?.param ?? null;
  const { status, meaning } = problemKinds[code];
  return { line, ok: false, code, message: status >= 500 ? meaning : message, param, details: {}, errors };
}

/** A line that is not JSON, or too long, or too deep, or of too many values. */
function unreadable(line: number): RefusedLine {
  const message = `is not a JSON object of at most ${MAX_LINE} characters`;
  return { line, ok: false, code: 'malformed_json', message, param: null, details: {}, errors: [] };
}

function stored(line: number, { paymentId, version, replayed }: Receipt): BulkOutcome {
  return { line, ok: true, id: paymentId, version, replayed };
}

function errorOf({ path, message }: MessageIssue) {
  return { param: path, message };
}
