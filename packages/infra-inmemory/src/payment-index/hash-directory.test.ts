import { describe, expect, it, vi } from 'vitest';
import { searchDocuments, everyPayment, type SearchPayments } from '@paystrata/application';
import { parsePaymentId } from '@paystrata/domain';
import { acme, known, randomPayments } from '@paystrata/conformance/random-payments';
import { HashDirectory } from './hash-directory.ts';
import { createPaymentIndex } from './payment-index.ts';
import { ShardedMap } from './sharded-map.ts';
