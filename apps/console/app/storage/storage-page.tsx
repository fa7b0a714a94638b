// The storage behind the API: how it is, and what can be done for it.

import { useState } from 'preact/hooks';
import type { ReportView, StorageView } from '../api/client.ts';
import { Problem } from '../api/problem.ts';
import { useApp } from '../ui/app-context.ts';
import { ProblemNote } from '../ui/pieces.tsx';
import { useAnswer } from '../ui/use-answer.ts';

const purposes: Readonly<Record<string, string>> = {
  verify: 'Compares what is read with what is recorded. Changes nothing.',
  repair: 'Makes what is read equal to what is recorded, where it is not.',
  rebuild: 'Makes all that is read anew, beside the old, and then swaps.',
  synchronize: 'Brings every source up to date now.',
  optimize: 'Merges, compacts and drops what is not needed.',
  archive: 'Moves old events into compressed segments that can still be read.',
};

export function StoragePage() {
  const { client } = useApp();
  const { value, problem, reload } = useAnswer('storage', () => client.storage());
  return (
    <>
      <div class="heading">
        <h1>Storage</h1>
        <button type="button" onClick={reload}>
          Look again
        </button>
      </div>
      {problem !== null && <ProblemNote problem={problem} retry={reload} />}
      {value !== null && <State storage={value} />}
      {value !== null && <Maintenance storage={value} />}
    </>
  );
}

function State({ storage }: { readonly storage: StorageView }) {
  const { strategy, healthy, capabilities, sources, measurements } = storage;
  return (
    <>
      <dl class="figures">
        <div>
          <dt>Strategy</dt>
          <dd>{strategy}</dd>
        </div>
        <div>
          <dt>Health</dt>
          <dd>{healthy ? 'good' : 'bad'}</dd>
        </div>
        {Object.entries(capabilities).map(([name, value]) => (
          <div>
            <dt>{name}</dt>
            <dd>{String(value)}</dd>
          </div>
        ))}
      </dl>
      <table>
        <caption>Sources</caption>
        <tbody>
          {sources.map((source) => (
            <tr key={source.name}>
              <th scope="row">{source.name}</th>
              <td>{source.healthy ? 'healthy' : (source.problem ?? 'not healthy')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <table>
        <caption>Measurements</caption>
        <tbody>
          {measurements.map(({ name, value, labels }) => (
            <tr key={`${name} ${JSON.stringify(labels)}`}>
              <th scope="row">
                {name} <span class="quiet">{Object.values(labels).join(' ')}</span>
              </th>
              <td class="number">{value.toLocaleString('en')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** Addresses say `sync` for `synchronize`. */
const addresses: Readonly<Record<string, string>> = { synchronize: 'sync' };

function Maintenance({ storage }: { readonly storage: StorageView }) {
  const { client } = useApp();
  const [running, setRunning] = useState<string | null>(null);
  const [report, setReport] = useState<ReportView | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const run = async (action: string) => {
    setRunning(action);
    setProblem(null);
    setReport(null);
    try {
      setReport(await client.maintain(addresses[action] ?? action));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setProblem(error);
    } finally {
      setRunning(null);
    }
  };
  return (
    <section aria-labelledby="maintenance">
      <h2 id="maintenance">Maintenance</h2>
      <ul class="maintenance">
        {storage.actions.map((action) => (
          <li key={action}>
            <button type="button" disabled={running !== null} onClick={() => void run(action)}>
              {action}
            </button>{' '}
            {purposes[action]}
          </li>
        ))}
      </ul>
      {running !== null && (
        <p role="status">
          <progress aria-label={running} /> {running}: running …
        </p>
      )}
      {problem !== null && <ProblemNote problem={problem} />}
      {report !== null && <Report report={report} />}
    </section>
  );
}

function Report({ report }: { readonly report: ReportView }) {
  const { action, checked, changed, differing, differences } = report;
  return (
    <div class={differing === 0 ? 'note' : 'note note-bad'} role="status">
      <p>
        <strong>{action}</strong>: {checked.toLocaleString('en')} looked at, {changed.toLocaleString('en')} changed,{' '}
        {differing.toLocaleString('en')} differing.
      </p>
      <ul>
        {differences.map(({ paymentId, problem }) => (
          <li>
            <a href={`/payments/${paymentId}`}>{paymentId}</a>: {problem}
          </li>
        ))}
      </ul>
    </div>
  );
}
