// The checks that every command makes on the texts it carries.

import {
  MAX_CUSTOMER_FIELD,
  MAX_DESCRIPTION,
  MAX_METADATA_KEY,
  MAX_METADATA_KEYS,
  MAX_METADATA_VALUE,
  MAX_REASON,
  MAX_REFERENCE,
  MAX_RESOURCES,
} from '../limits.ts';
import type { PersonalDataChange } from '../personal-data.ts';
import { rejection, type Rejection } from '../rejections.ts';
import type { CreatePayment, ImportSettledPayment } from '../commands.ts';

/** The first field that is too long or has too many entries, else null. */
export function checkNewPayment(command: CreatePayment | ImportSettledPayment): Rejection | null {
  return (
    longer('reference', command.reference, MAX_REFERENCE) ??
    longer('userId', command.userId, MAX_REFERENCE) ??
    longer('workflowId', command.workflowId, MAX_REFERENCE) ??
    more('resourceIds', command.resourceIds.length, MAX_RESOURCES) ??
    first(command.resourceIds, (id) => longer('resourceIds', id, MAX_REFERENCE)) ??
    checkPersonalData(command.personal)
  );
}

export function checkPersonalData(data: PersonalDataChange): Rejection | null {
  const metadata = Object.entries(data.metadata ?? {});
  return (
    longer('description', data.description, MAX_DESCRIPTION) ??
    longer('customer.name', data.customer?.name, MAX_CUSTOMER_FIELD) ??
    longer('customer.email', data.customer?.email, MAX_CUSTOMER_FIELD) ??
    more('metadata', metadata.length, MAX_METADATA_KEYS) ??
    first(
      metadata,
      ([key, value]) => longer('metadata', key, MAX_METADATA_KEY) ?? longer('metadata', value, MAX_METADATA_VALUE),
    )
  );
}

export function checkMethod(method: string): Rejection | null {
  return longer('method', method, MAX_REFERENCE);
}

export function checkReason(reason: string | null): Rejection | null {
  return longer('reason', reason, MAX_REASON);
}

function longer(param: string, text: string | null | undefined, most: number): Rejection | null {
  if (text === null || text === undefined || text.length <= most) return null;
  return rejection('field_too_long', `${param} has ${text.length} characters, at most ${most} are allowed`, {
    param,
    details: { length: text.length, most },
  });
}

function more(param: string, count: number, most: number): Rejection | null {
  if (count <= most) return null;
  return rejection('too_many_entries', `${param} has ${count} entries, at most ${most} are allowed`, {
    param,
    details: { count, most },
  });
}

function first<T>(values: readonly T[], check: (value: T) => Rejection | null): Rejection | null {
  for (const value of values) {
    const problem = check(value);
    if (problem !== null) return problem;
  }
  return null;
}
