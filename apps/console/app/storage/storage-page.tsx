// The storage behind the API: how it is, and what can be done for it.

import { useEffect } from 'preact/hooks';
import type { Storage } from '../api/types.ts';
import { useApp } from '../ui/app-context.ts';
import { ProblemNote } from '../ui/pieces.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import { Maintenance } from './maintenance.tsx';
import { measuredTables, type Cell } from './measured-tables.ts';
import { SourceTables } from './source-tables.tsx';

/** Looked at again by itself, so that lag and calls are those of now. */
const LOOK_MS = 5000;
/** That stand out; more of them are a list. */
const FIGURES = 6;

export function StoragePage() {
  const { client } = useApp();
  const { value, problem, reload } = useAnswer('storage', () => client.storage());
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === 'visible' && reload(), LOOK_MS);
    return () => clearInterval(timer);
  }, [reload]);
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
      {value !== null && <Maintenance actions={value.actions} onEnd={reload} />}
      {value !== null && <Capabilities capabilities={value.capabilities} />}
    </>
  );
}

function State({ storage }: { readonly storage: Storage }) {
  const { strategy, healthy, sources, measurements } = storage;
  const tables = measuredTables(measurements);
  const whole = tables.find(({ title }) => title === '')?.rows[0]?.cells ?? [];
  return (
    <>
      <dl class="figures">
        <div>
          <dt>Strategy</dt>
          <dd>{strategy}</dd>
        </div>
        <div>
          <dt>Health</dt>
          <dd class={healthy ? 'good' : 'bad'}>{healthy ? 'good' : 'bad'}</dd>
        </div>
        {whole.length <= FIGURES && <Figures cells={whole} />}
      </dl>
      {whole.length > FIGURES && (
        <dl class="details">
          <Figures cells={whole} />
        </dl>
      )}
      <SourceTables sources={sources} tables={tables} />
    </>
  );
}

function Figures({ cells }: { readonly cells: readonly Cell[] }) {
  return (
    <>
      {cells.map(({ column, text }) => (
        <div key={column}>
          <dt>{column}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </>
  );
}

function Capabilities({ capabilities }: Pick<Storage, 'capabilities'>) {
  return (
    <section aria-labelledby="capabilities">
      <h2 id="capabilities">What it promises</h2>
      <dl class="details">
        {Object.entries(capabilities).map(([name, value]) => (
          <div key={name}>
            <dt>{inWords(name)}</dt>
            <dd>{value === true ? 'yes' : value === false ? 'no' : value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** `globalOrder` → `global order`. */
function inWords(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
