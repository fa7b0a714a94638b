import type { RecordedEvent } from '@paystrata/application';
import { acme, other } from '@paystrata/conformance/random-payments';
import { expect, it } from 'vitest';
import { routeOf, type WriteRoute } from './write-routes.ts';

const event = (organizationId: typeof acme, type: RecordedEvent['type']) => ({ organizationId, type }) as RecordedEvent;

it.each<[what: string, route: WriteRoute | undefined, taken: readonly boolean[], covered: readonly boolean[]]>([
  ['everything, where nothing is said', undefined, [true, true, true], [true, true]],
  ['only the organizations named', { organizations: [acme] }, [true, true, false], [true, false]],
  ['all organizations but those named', { exceptOrganizations: [acme] }, [false, false, true], [false, true]],
  [
    'only the types named, and then it is not asked',
    { types: ['PaymentDeleted'] },
    [false, true, false],
    [false, false],
  ],
  [
    'nothing of an organization that is excepted too',
    { organizations: [acme], exceptOrganizations: [acme] },
    [false, false, false],
    [false, false],
  ],
])('a source gets %s', (_, given, taken, covered) => {
  const route = routeOf(given);
  const events = [event(acme, 'PaymentCreated'), event(acme, 'PaymentDeleted'), event(other, 'PaymentCreated')];
  expect(events.map((each) => route.takes(each))).toEqual(taken);
  expect([acme, other].map((each) => route.covers(each))).toEqual(covered);
});
