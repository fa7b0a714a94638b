// Everything else that is known of a payment: for whom, what for, its attempts and refunds.

import type { PaymentView } from '../api/types.ts';
import type { ComponentChildren } from 'preact';
import { formatAmount } from '../format/money.ts';
import { Status, Time } from '../ui/pieces.tsx';

export function Details({ payment }: { readonly payment: PaymentView }) {
  const { customer, description, reference, userId, workflowId, resourceIds, metadata, createdAt, processedAt } =
    payment;
  return (
    <section aria-labelledby="details">
      <h2 id="details">Details</h2>
      <dl class="details">
        <Detail name="Created">
          <Time instant={createdAt} />
        </Detail>
        {processedAt !== null && (
          <Detail name="Completed">
            <Time instant={processedAt} />
          </Detail>
        )}
        <Detail name="Customer">
          {customer === null ? <span class="quiet">none, or erased</span> : [customer.name, customer.email].join(' ')}
        </Detail>
        <Detail name="Description">{description ?? <span class="quiet">none</span>}</Detail>
        {reference !== null && <Detail name="Reference">{reference}</Detail>}
        {userId !== null && <Detail name="User">{userId}</Detail>}
        {workflowId !== null && <Detail name="Workflow">{workflowId}</Detail>}
        {resourceIds.length > 0 && <Detail name="Resources">{resourceIds.join(', ')}</Detail>}
        {Object.entries(metadata).map(([key, value]) => (
          <Detail name={key}>{value}</Detail>
        ))}
      </dl>
      <Items title="Attempts" items={payment.attempts.map((each) => ({ ...each, note: each.method }))} />
      <Items title="Refunds" items={payment.refunds.map((each) => ({ ...each, note: each.reason }))} />
    </section>
  );
}

function Detail({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

type Item = Omit<PaymentView['attempts'][number], 'method'> & { readonly note: string | null };

function Items({ title, items }: { readonly title: string; readonly items: readonly Item[] }) {
  if (items.length === 0) return null;
  return (
    <table class="items">
      <caption>{title}</caption>
      <tbody>
        {items.map(({ id, status, amount, currency, note, failure, requestedAt, parked }) => (
          <tr key={id}>
            <td>
              <Status status={status} />
            </td>
            <td class="number">{formatAmount(amount, currency)}</td>
            <td>
              {note} {failure?.code}
              {parked !== null && `: ${parked.reason}`}
            </td>
            <td>
              <Time instant={requestedAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
