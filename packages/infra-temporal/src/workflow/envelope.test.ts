// What the workflow knows of the application's rules by itself, held to them.

import { schemaVersionOf } from '@paystrata/application';
import { paymentEventTypes } from '@paystrata/domain';
import { expect, it } from 'vitest';
import { schemaVersions } from './envelope.ts';

it('writes events in the shapes of today', () => {
  for (const type of paymentEventTypes) expect(schemaVersions[type]).toBe(schemaVersionOf(type));
});
