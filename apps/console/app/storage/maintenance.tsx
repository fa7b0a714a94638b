// What can be done for the storage: started, watched, cancelled, and what came of it.

import type { MaintenanceAction, MaintenanceReport, Storage } from '../api/types.ts';
import { formatDuration } from '../format/time.ts';
import { Copyable, ProblemNote } from '../ui/pieces.tsx';
import { formatBytes } from './measured-tables.ts';
import { paceText } from './pace.ts';
import { useMaintenance, type Outcome, type Running } from './use-maintenance.ts';

const purposes: Readonly<Record<MaintenanceAction, string>> = {
  verify: 'Compares what is read with what is recorded. Changes nothing.',
  repair: 'Makes what is read equal to what is recorded, where it is not.',
  rebuild: 'Makes all that is read anew, beside the old, and then swaps.',
  synchronize: 'Brings every source up to date now.',
  optimize: 'Merges, compacts and drops what is not needed.',
  archive: 'Moves old events into compressed segments that can still be read.',
};

interface MaintenanceProps {
  readonly actions: Storage['actions'];
  readonly onEnd: () => void;
}

export function Maintenance({ actions, onEnd }: MaintenanceProps) {
  const { running, outcome, start, cancel } = useMaintenance(onEnd);
  return (
    <section aria-labelledby="maintenance">
      <h2 id="maintenance">Maintenance</h2>
      <ul class="maintenance">
        {actions.map((action) => (
          <li key={action}>
            <button type="button" disabled={running !== null} onClick={() => start(action)}>
              {action}
            </button>
            <span>{purposes[action]}</span>
          </li>
        ))}
      </ul>
      {running !== null && <Bar running={running} onCancel={cancel} />}
      <div role="status">{outcome !== null && <Ended outcome={outcome} />}</div>
    </section>
  );
}

function Bar({ running, onCancel }: { readonly running: Running; readonly onCancel: () => void }) {
  const { action, progress, milliseconds } = running;
  const { done, total } = progress;
  return (
    <div class="running">
      <label>
        <strong>{action}</strong>
        {total === null ? <progress /> : <progress max={Math.max(1, total)} value={total === 0 ? 1 : done} />}
      </label>
      <button type="button" onClick={onCancel}>
        Cancel
      </button>
      <p>
        {paceText(progress, milliseconds)}. <span class="quiet">It goes on as long as this page stays open.</span>
      </p>
    </div>
  );
}

function Ended({ outcome }: { readonly outcome: Outcome }) {
  switch (outcome.kind) {
    case 'report':
      return <Report report={outcome.report} milliseconds={outcome.milliseconds} />;
    case 'problem':
      return <ProblemNote problem={outcome.problem} />;
    case 'cancelled':
      return (
        <p class="note">
          <strong>{outcome.action}</strong> was cancelled after {outcome.done.toLocaleString('en')}; what it had done by
          then stays.
        </p>
      );
  }
}

interface ReportProps {
  readonly report: MaintenanceReport;
  readonly milliseconds: number;
}

function Report({ report, milliseconds }: ReportProps) {
  const { action, checked, changed, differing, differences, bytes, root } = report;
  return (
    <div class={differing === 0 ? 'note' : 'note note-bad'}>
      <p>
        <strong>{action}</strong>: {checked.toLocaleString('en')} looked at, {changed.toLocaleString('en')} changed,{' '}
        {differing.toLocaleString('en')} differing, in {formatDuration(Math.round(milliseconds))}.
      </p>
      {bytes !== undefined && (
        <p>
          What was moved took {formatBytes(bytes.before)} before, and takes {formatBytes(bytes.after)} now.
        </p>
      )}
      {root !== undefined && (
        <p>
          Keep elsewhere, it proves everything before it:{' '}
          <Copyable value={root} label="root">
            <code>{root}</code>
          </Copyable>
        </p>
      )}
      {differences.length > 0 && (
        <ul>
          {differences.map(({ paymentId, organizationId, problem }) => (
            <li>
              {paymentId === null ? (organizationId ?? '') : <a href={`/payments/${paymentId}`}>{paymentId}</a>}{' '}
              {problem}
            </li>
          ))}
        </ul>
      )}
      {differing > differences.length && <p>The first {differences.length.toLocaleString('en')} are shown.</p>}
    </div>
  );
}
