// Projects single payments again, whatever the tables say of them.

import {
  followDocument,
  readLog,
  type LogSource,
  type PaymentDocument,
  type PaymentKey,
  type RecordedEvent,
} from '@paystrata/application';
import { writeEventsAgain } from '../../event-reads/verify-events.ts';
import { integer } from '../../rows.ts';
import { documentOf } from '../payments/payment-document.ts';
import { tablesOf } from '../payments/payment-tables.ts';
import { nameOf, nameOfRow } from '../payments/payment-name.ts';
import { paymentRows } from '../payments/stored-payments.ts';
import { writeChanges, type DocumentChange } from '../payments/write-changes.ts';
import type { Generation } from '../projecting/generations.ts';
import type { ProjectionSession } from '../projecting/projection.ts';

/** Writes the payments as the log has them up to the checkpoint. @returns how many. */
export async function projectAgain(
  session: ProjectionSession,
  { position }: Generation,
  source: LogSource,
  keys: readonly PaymentKey[],
): Promise<number> {
  const rows = new Map((await paymentRows(session, keys)).map((row) => [nameOfRow(row), row]));
  const changes: DocumentChange[] = [];
  for (const { organizationId, paymentId } of keys) {
    const key = { organizationId, paymentId };
    const found = rows.get(nameOf(key));
    const folded = await foldUpTo(source, key, position);
    if (found !== undefined && (folded === null || integer(found, 'row') !== folded.row)) {
      // The log knows no such payment, or begins it elsewhere.
      await remove(session, integer(found, 'row'));
    }
    if (folded === null) continue;
    const { row, document, events } = folded;
    await writeEventsAgain(session, events);
    changes.push({ row, before: found === undefined ? null : readable(() => documentOf(found)), after: document });
  }
  await writeChanges(session, changes, true);
  return changes.length;
}

interface Folded {
  readonly row: number;
  readonly document: PaymentDocument;
  readonly events: readonly RecordedEvent[];
}

async function foldUpTo(source: LogSource, key: PaymentKey, position: number): Promise<Folded | null> {
  let row = 0;
  let document: PaymentDocument | null = null;
  const events: RecordedEvent[] = [];
  for await (const event of readLog(source, key)) {
    if (event.position > position) break;
    if (document === null) row = event.position;
    document = followDocument(document, event);
    events.push(event);
  }
  return document === null ? null : { row, document, events };
}

async function remove(session: ProjectionSession, row: number): Promise<void> {
  await session.all(tablesOf(session).deleteFrom('payments').where('row', '=', row).compile());
  await session.all(tablesOf(session).deleteFrom('documents').where('row', '=', row).compile());
}

/** Null: what is there cannot be read, so nothing of it can be taken back. */
function readable(read: () => PaymentDocument): PaymentDocument | null {
  try {
    return read();
  } catch {
    return null;
  }
}
