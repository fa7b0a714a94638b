// The log: live as it is written, and the events before.

import type { EventView } from '../api/types.ts';
import { useState } from 'preact/hooks';
import { useApp } from '../ui/app-context.ts';
import { Disclosure, Empty, Json, ProblemNote, Time } from '../ui/pieces.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import { useStream, type StreamState } from './use-stream.ts';

const eventTypes = [
  ...['PaymentCreated', 'PaymentUpdated', 'PaymentProcessingStarted', 'PaymentProcessed', 'PaymentFailed'],
  ...['PaymentCancelled', 'RefundRequested', 'PaymentRefunded', 'RefundFailed', 'PaymentDeleted', 'PaymentImported'],
  ...['PaymentParked', 'PaymentSettled', 'PersonalDataErased'],
] as const;

const inWords: Readonly<Record<StreamState, string>> = {
  connecting: 'Connecting …',
  live: 'Live: new events appear by themselves.',
  paused: 'Paused: going on shows what came meanwhile.',
  waiting: 'The API does not answer: trying again.',
};

export function EventsPage() {
  const [types, setTypes] = useState<readonly string[]>([]);
  const [paused, setPaused] = useState(false);
  const live = useStream(types, paused);
  const toggle = (type: string) =>
    setTypes(types.includes(type) ? types.filter((each) => each !== type) : [...types, type]);
  return (
    <>
      <div class="heading">
        <h1>Events</h1>
        <p class="count" role="status">
          <span class={`dot dot-${live.state}`} aria-hidden="true" /> {inWords[live.state]}
        </p>
        <button type="button" aria-pressed={paused} onClick={() => setPaused(!paused)}>
          {paused ? 'Go on' : 'Pause'}
        </button>
      </div>
      <fieldset class="chips">
        <legend class="hidden">Types</legend>
        {eventTypes.map((type) => (
          <label class="chip">
            <input type="checkbox" checked={types.includes(type)} onChange={() => toggle(type)} />
            {type}
          </label>
        ))}
      </fieldset>
      {live.problem !== null && <ProblemNote problem={live.problem} />}
      {live.events.length > 0 && <EventTable title="Since this page was opened" events={wanted(live.events, types)} />}
      <Earlier types={types} />
    </>
  );
}

function wanted(events: readonly EventView[], types: readonly string[]): readonly EventView[] {
  return types.length === 0 ? events : events.filter(({ type }) => types.includes(type));
}

function Earlier({ types }: { readonly types: readonly string[] }) {
  const { client } = useApp();
  const [limit, setLimit] = useState(25);
  const query = new URLSearchParams({ limit: String(limit), order: 'desc' });
  for (const type of types) query.append('type', type);
  const { value, problem, reload } = useAnswer(`events ${query.toString()}`, () => client.events(query));
  if (problem !== null) return <ProblemNote problem={problem} retry={reload} />;
  if (value === null) return <p>Loading …</p>;
  if (value.data.length === 0) return <Empty title="No event yet.">They appear here as payments are made.</Empty>;
  return (
    <>
      <EventTable title="Before" events={value.data} />
      {value.hasMore && limit < 100 && (
        <button type="button" onClick={() => setLimit(100)}>
          Show 100
        </button>
      )}
    </>
  );
}

function EventTable({ title, events }: { readonly title: string; readonly events: readonly EventView[] }) {
  return (
    <table class="events">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">What</th>
          <th scope="col">Payment</th>
          <th scope="col">Who</th>
          <th scope="col">Data</th>
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <tr key={event.eventId}>
            <td>
              <Time instant={event.timestamp} exact />
            </td>
            <td>
              <code>{event.type}</code>
            </td>
            <td>
              <a href={`/payments/${event.paymentId}`}>{event.paymentId.slice(-12)}</a>{' '}
              <span class="quiet">v{event.version}</span>
            </td>
            <td>{event.actor}</td>
            <td>
              <Disclosure title={`#${event.position}`}>
                <Json value={event.data} />
              </Disclosure>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
