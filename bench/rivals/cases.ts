// Every case of the failure catalogue, in the order of `docs/failure-catalogue.md`.

import { changedForEverybody } from './changed-for-everybody.ts';
import { clearedBeforeStored } from './cleared-before-stored.ts';
import { lostBehindOpenTransaction } from './lost-behind-open-transaction.ts';
import { racingAny } from './racing-any.ts';
import { racingNoStream } from './racing-no-stream.ts';
import { readerFromTheEnd } from './reader-from-the-end.ts';
import { refundsOverTheCapture } from './refunds-over-the-capture.ts';
import { restoredElsewhere } from './restored-elsewhere.ts';
import { sentAgain } from './sent-again.ts';
import { stalledByAnotherDatabase } from './stalled-by-another-database.ts';
import type { RivalCase } from './rival-case.ts';

export const rivalCases: readonly RivalCase[] = [
  racingNoStream,
  racingAny,
  lostBehindOpenTransaction,
  stalledByAnotherDatabase,
  restoredElsewhere,
  readerFromTheEnd,
  sentAgain,
  refundsOverTheCapture,
  clearedBeforeStored,
  changedForEverybody,
];
