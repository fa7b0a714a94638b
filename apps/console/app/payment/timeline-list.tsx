// What happened to a payment, in words, with who did it and in which request.

import type { PaymentView } from '../api/types.ts';
import { formatDuration } from '../format/time.ts';
import { useApp } from '../ui/app-context.ts';
import { Copyable, ProblemNote, Time } from '../ui/pieces.tsx';
import { useAnswer } from '../ui/use-answer.ts';

interface TimelineListProps {
  readonly payment: PaymentView;
  /** Later entries are shown faintly; null: all alike. */
  readonly upTo: number | null;
  readonly onPick: (version: number | null) => void;
}

/** Shorter pauses are not worth telling. */
const GAP_MS = 60_000;

export function TimelineList({ payment, upTo, onPick }: TimelineListProps) {
  const { client } = useApp();
  const { id, version: latest } = payment;
  const { value, problem, reload } = useAnswer(`timeline ${id} ${latest}`, () => client.timeline(id));
  return (
    <section aria-labelledby="timeline">
      <h2 id="timeline">Timeline</h2>
      {problem !== null && <ProblemNote problem={problem} retry={reload} />}
      <ol class="timeline">
        {value?.map(({ version, timestamp, text, actor, correlationId, gap, type }) => (
          <li key={version} class={upTo !== null && version > upTo ? 'later' : ''}>
            {gap >= GAP_MS && <p class="gap">{formatDuration(gap)} later</p>}
            <p>
              <strong>{text}</strong>
            </p>
            <p class="quiet">
              <Time instant={timestamp} exact /> · {actor} · <code>{type}</code> ·{' '}
              <Copyable value={correlationId} label="request id">
                <code>{correlationId.slice(-8)}</code>
              </Copyable>{' '}
              ·{' '}
              <button type="button" class="link" onClick={() => onPick(version === latest ? null : version)}>
                version {version}
              </button>
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
