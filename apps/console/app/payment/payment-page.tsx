// One payment: where its money is, what happened, what may be done, and how it was at any time.

import { useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import type { PaymentView } from '../api/types.ts';
import type { Versioned } from '../api/client.ts';
import { useApp } from '../ui/app-context.ts';
import { Amount, Copyable, Disclosure, Empty, Json, ProblemNote, Status, Time } from '../ui/pieces.tsx';
import { useAnswer, type Answer } from '../ui/use-answer.ts';
import { ActionDialog } from './action-dialog.tsx';
import { actionsOf, type Action } from './actions.ts';
import { AmountBar } from './amount-bar.tsx';
import { Details } from './details.tsx';
import { TimeMachine } from './time-machine.tsx';
import { TimelineList } from './timeline-list.tsx';

export function PaymentPage() {
  const { params } = useRoute();
  const id = params['id'] ?? '';
  const { client } = useApp();
  const current = useAnswer(`payment ${id}`, () => client.payment(id));
  const [asOf, setAsOf] = useState<number | null>(null);
  const before = useAnswer(`payment ${id} at ${asOf}`, async () => (asOf === null ? null : client.payment(id, asOf)));
  if (current.problem?.status === 404) {
    return (
      <Empty title="There is no such payment.">
        It may belong to another organization. Go to the <a href="/payments">payments</a>.
      </Empty>
    );
  }
  if (current.value === null) {
    return current.problem === null ? (
      <p>Loading …</p>
    ) : (
      <ProblemNote problem={current.problem} retry={current.reload} />
    );
  }
  const seen = current.value;
  const shown = asOf === null ? seen.payment : (before.value?.payment ?? seen.payment);
  return (
    <article class="payment">
      <Heading payment={shown} past={asOf !== null} />
      {current.problem !== null && <ProblemNote problem={current.problem} retry={current.reload} />}
      <AmountBar payment={shown} />
      {asOf === null ? (
        <Actions seen={seen} current={current} />
      ) : (
        <p class="note">
          This is how it was at version {asOf}. <button onClick={() => setAsOf(null)}>Back to now</button>
        </p>
      )}
      <TimeMachine latest={seen.payment.version} asOf={asOf} onChange={setAsOf} />
      <div class="columns">
        <TimelineList payment={seen.payment} upTo={asOf} onPick={setAsOf} />
        <Details payment={shown} />
      </div>
      <Disclosure title="Raw JSON">
        <Json value={shown} />
      </Disclosure>
    </article>
  );
}

function Heading({ payment, past }: { readonly payment: PaymentView; readonly past: boolean }) {
  const { id, reference, status, amount, currency, needsReview, failure, updatedAt } = payment;
  return (
    <header class="heading">
      <div>
        <p class="quiet">
          <a href="/payments">Payments</a> /{' '}
          <Copyable value={id} label="id">
            <code>{id}</code>
          </Copyable>
        </p>
        <h1>
          {reference ?? 'Payment'} <Amount minor={amount} currency={currency} />
        </h1>
        <p>
          <Status status={status} /> {needsReview && <span class="status status-review">needs review</span>}{' '}
          {failure !== null && (
            <span>
              {failure.code}
              {failure.retryable ? ', a retry can help' : ', a retry cannot help'}
            </span>
          )}
        </p>
      </div>
      <p class="quiet">
        {past ? 'then' : 'version'} {payment.version}, <Time instant={updatedAt} />
      </p>
    </header>
  );
}

interface ActionsProps {
  readonly seen: Versioned;
  readonly current: Answer<Versioned>;
}

/** Every action; those that the state does not allow say why. */
function Actions({ seen, current }: ActionsProps) {
  const { client } = useApp();
  const [open, setOpen] = useState<Action | null>(null);
  return (
    <section class="actions" aria-label="Actions">
      {actionsOf(seen.payment).map((action) => (
        <button
          type="button"
          class={action.destroys ? 'danger' : ''}
          aria-disabled={action.refused !== null}
          title={action.refused === null ? undefined : `Not possible: ${action.refused}`}
          onClick={() => action.refused === null && setOpen(action)}
        >
          {action.label}
          {action.refused !== null && <span class="why">{action.refused}</span>}
        </button>
      ))}
      {open !== null && (
        <ActionDialog
          action={open}
          seen={seen}
          onClose={() => setOpen(null)}
          onConflict={async () => current.replace(await client.payment(seen.payment.id))}
          onDone={(answer) => {
            setOpen(null);
            current.replace(answer);
          }}
        />
      )}
    </section>
  );
}
