// Reads a part of the projected log, as the port's `readAll` promises.

import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { decodeEvent, type LogPage, type LogRequest } from '@paystrata/application';

export function readRequest(db: DatabaseSync, request: LogRequest): LogPage {
  const { direction, from, limit } = request;
  const forward = direction === 'forward';
  const last = Number(db.prepare('SELECT coalesce(max(position), 0) AS last FROM events').get()?.['last']);
  const { conditions, values } = partOf(request);
  const rows = db
    .prepare(
      `SELECT position, text FROM events WHERE position <= ?${conditions} ` +
        `ORDER BY position ${forward ? 'ASC' : 'DESC'} LIMIT ?`,
    )
    .all(last, ...values, limit + 1);
  const events = rows.slice(0, limit).map((row) => decodeEvent(String(row['text']), Number(row['position'])));
  const end = rows.length <= limit;
  // At the end everything up to the last position, or down to the first, was considered.
  const considered = forward ? Math.max(last, from ?? 0) : Math.min(from ?? last + 1, 1);
  return { events, next: end ? considered : (events.at(-1)?.position ?? considered), end };
}

function partOf({ direction, from, organizationId, paymentId }: LogRequest) {
  const conditions: string[] = [];
  const values: SQLInputValue[] = [];
  const where = (condition: string, value: SQLInputValue | null | undefined) => {
    if (value === null || value === undefined) return;
    conditions.push(` AND ${condition}`);
    values.push(value);
  };
  where(direction === 'forward' ? 'position > ?' : 'position < ?', from);
  where('organization = ?', organizationId);
  where('payment = ?', paymentId);
  return { conditions: conditions.join(''), values };
}
