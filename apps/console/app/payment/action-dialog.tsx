// Doing something to a payment: what it is about is repeated, and what is wrong is said here.

import type { PaymentView } from '../api/types.ts';
import { useMemo, useState } from 'preact/hooks';
import type { Versioned } from '../api/client.ts';
import { Problem } from '../api/problem.ts';
import { formatAmount, toDecimal } from '../format/money.ts';
import { useApp } from '../ui/app-context.ts';
import { Dialog } from '../ui/dialog.tsx';
import { ProblemNote } from '../ui/pieces.tsx';
import { refundable, type Action } from './actions.ts';
import { fieldsOf, type Field, type FieldName, type Fields } from './action-fields.ts';
import { sendAction } from './send-action.ts';

interface ActionDialogProps {
  readonly action: Action;
  readonly seen: Versioned;
  readonly onDone: (answer: Versioned) => void;
  /** Somebody changed the payment meanwhile: shows it as it is now, and keeps what was typed. */
  readonly onConflict: () => Promise<void>;
  readonly onClose: () => void;
}

export function ActionDialog({ action, seen, onDone, onConflict, onClose }: ActionDialogProps) {
  const { client, notify } = useApp();
  const { payment } = seen;
  const [values, setValues] = useState<Fields>(() => startOf(payment));
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  // One key a dialog: sent again after a lost answer, it acts once.
  const [key, setKey] = useState(() => crypto.randomUUID());
  const shown = useMemo(() => fieldsOf(action.name, payment), [action.name, payment]);

  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    try {
      const answer = await sendAction(client, action.name, seen, values, key);
      notify(answer.settled ? `${action.label}: done` : `${action.label}: the gateway has not answered yet`);
      onDone(answer);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setProblem(error);
      setBusy(false);
      if (error.status === 412) {
        setKey(crypto.randomUUID());
        await onConflict();
      } else if (error.payment !== null) {
        onDone({ payment: error.payment, etag: `"${error.payment.version}"`, settled: true });
        notify(`${action.label}: declined (${error.detail})`);
      }
    }
  };
  const set = (name: FieldName) => (value: string) => setValues({ ...values, [name]: value });

  return (
    <Dialog title={action.label} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <p>
          Payment <code>{payment.reference ?? payment.id}</code> of{' '}
          <strong>{formatAmount(payment.amount, payment.currency)}</strong>, version {payment.version}.
        </p>
        {action.name === 'erase' && (
          <p class="note note-bad">
            Name, address, description and metadata go for ever, also on every other payment of the same customer.
          </p>
        )}
        {shown.map((field) => (
          <FieldInput key={field.name} field={field} value={values[field.name]} onInput={set(field.name)} />
        ))}
        {problem !== null && <Refused problem={problem} version={payment.version} />}
        <div class="buttons">
          <button type="button" onClick={onClose}>
            Back
          </button>
          <button type="submit" class={action.destroys ? 'danger' : 'primary'} disabled={busy}>
            {confirmation(action, payment, values)}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

interface FieldInputProps {
  readonly field: Field;
  readonly value: string;
  readonly onInput: (value: string) => void;
}

function FieldInput({ field, value, onInput }: FieldInputProps) {
  const { name, label, kind, required, hint } = field;
  const isText = kind === 'text' || kind === 'amount';
  return (
    <label>
      {label}
      {isText ? (
        <input
          name={name}
          required={required}
          inputMode={kind === 'amount' ? 'decimal' : undefined}
          value={value}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      ) : (
        <select name={name} value={value} onChange={(event) => onInput(event.currentTarget.value)}>
          {kind.map((choice) => (
            <option value={choice}>{choice}</option>
          ))}
        </select>
      )}
      {hint !== null && <span class="quiet">{hint}</span>}
    </label>
  );
}

function Refused({ problem, version }: { readonly problem: Problem; readonly version: number }) {
  if (problem.status !== 412) return <ProblemNote problem={problem} />;
  return (
    <p class="note note-bad" role="alert">
      Somebody changed the payment meanwhile. It is shown as it is now, version {version}, and what you typed was kept:
      look at it, then confirm again.
    </p>
  );
}

function startOf(payment: PaymentView): Fields {
  return {
    amount: toDecimal(refundable(payment), payment.currency),
    newAmount: toDecimal(payment.amount, payment.currency),
    reason: '',
    method: 'test_approve',
    outcome: 'completed',
    description: payment.description ?? '',
  };
}

/** The button says again what will happen. */
function confirmation({ name, label }: Action, payment: PaymentView, values: Fields): string {
  if (name === 'refund') return `Refund ${values.amount} ${payment.currency}`;
  if (name === 'process') return `Charge ${formatAmount(payment.amount, payment.currency)}`;
  if (name === 'update') return 'Save';
  return `${label} ${payment.reference ?? payment.id.slice(-6)}`;
}
