// The write side of a strategy: one decision upon one payment, or many of them.

import type { CommandId, Payment, PaymentCommand, Rejection } from '@paystrata/domain';
import type { Position } from '../events/position.ts';
import type { PaymentKey, RecordedEvent } from '../events/recorded-event.ts';
import type { PortFailure } from './failures.ts';
import type { Soon } from './soon.ts';

/** A command of the domain on its way to one payment. */
export interface WriteOrder extends PaymentKey {
  readonly command: PaymentCommand;
  /** The same id again never acts again. */
  readonly commandId: CommandId;
  /** The version the caller has seen (`If-Match`); null: whatever is current, a lost race is tried again. */
  readonly expectedVersion: number | null;
  readonly actor: string;
  readonly userId: string | null;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  /**
   * False: nobody waits for the gateway, the command is answered once it is recorded. Only strategies that call the
   * gateway themselves look at it; absent: they wait.
   */
  readonly wait?: boolean;
}

/** Proof of what was done. */
export interface Receipt extends PaymentKey {
  /** The payment's version after the command. */
  readonly version: number;
  readonly position: Position;
  /**
   * What was committed; empty where nothing had to change. Their positions are 0 on strategies that are ordered by
   * projection: there the places are known only later.
   */
  readonly events: readonly RecordedEvent[];
  /** The payment at `version`. */
  readonly payment: Payment;
  /** True where the command id was known: the receipt is that of the first time. */
  readonly replayed: boolean;
}

export type WriteResult =
  { readonly ok: true; readonly receipt: Receipt } | { readonly ok: false; readonly rejection: Rejection };

/** As `WriteResult`, with the failure of this order alone. */
export type BulkResult = WriteResult | { readonly ok: false; readonly failure: PortFailure };

export interface WriteModel {
  /**
   * Decides and commits. Commands on one payment take effect one after the other. The result may be there at once;
   * failures are always rejections.
   *
   * @throws PortFailure `WRONG_EXPECTED_VERSION` where `expectedVersion` is not the payment's, or too many races were
   * lost; `OUTCOME_UNKNOWN` where it may have happened: send the same command id again.
   */
  execute(order: WriteOrder): Soon<WriteResult>;
  /** As `execute` for each order, in order, faster; one result an order, one bad order never takes others down. */
  executeBulk(orders: readonly WriteOrder[]): Promise<readonly BulkResult[]>;
}
