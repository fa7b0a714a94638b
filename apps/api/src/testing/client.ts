// A short way to ask the API under test.

import type { PaymentView } from '@paystrata/application';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import type { ApiUnderTest } from './api-under-test.ts';

export type Answer = LightMyRequestResponse;

type Headers = Readonly<Record<string, string>>;

export interface Client {
  get(url: string, headers?: Headers): Promise<Answer>;
  post(url: string, body?: object, headers?: Headers): Promise<Answer>;
  patch(url: string, body: object, headers?: Headers): Promise<Answer>;
  delete(url: string, headers?: Headers): Promise<Answer>;
  send(options: InjectOptions): Promise<Answer>;
  /** A new payment of 12.99 EUR, or of what the fields say. */
  create(fields?: object): Promise<PaymentView>;
  /** One that the sandbox charged. */
  createCompleted(fields?: object): Promise<PaymentView>;
}

export function clientOf({ app, key: ownKey }: Pick<ApiUnderTest, 'app' | 'key'>, key: string = ownKey): Client {
  const send = (options: InjectOptions) =>
    app.inject({ ...options, headers: { authorization: `Bearer ${key}`, ...options.headers } });
  const withBody =
    (method: 'POST' | 'PATCH') =>
    (url: string, payload?: object, headers: Headers = {}) =>
      send({ method, url, headers, ...(payload !== undefined && { payload }) });
  const post = withBody('POST');
  const create = async (fields: object = {}) =>
    paymentIn(await post('/v1/payments', { amount: 1299, currency: 'EUR', ...fields }), 201);
  return {
    get: (url, headers = {}) => send({ url, headers }),
    post,
    patch: withBody('PATCH'),
    delete: (url, headers = {}) => send({ method: 'DELETE', url, headers }),
    send,
    create,
    createCompleted: async (fields) => {
      const { id } = await create(fields);
      return paymentIn(await post(`/v1/payments/${id}/process`, { method: 'test_approve' }), 200);
    },
  };
}

/** The payment of an answer that must have the status. */
export function paymentIn(answer: Answer, status: number): PaymentView {
  if (answer.statusCode !== status) throw new Error(`${answer.statusCode}, not ${status}: ${answer.body}`);
  return answer.json<PaymentView>();
}
