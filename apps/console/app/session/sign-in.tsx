// Signing in with an API key.

import { useState } from 'preact/hooks';
import { createClient } from '../api/client.ts';
import { Problem } from '../api/problem.ts';
import { ProblemNote } from '../ui/pieces.tsx';
import { keepSession, type Session } from './session.ts';

interface SignInProps {
  /** Why the last session ended, where it did not end by choice. */
  readonly ended: Problem | null;
  readonly onSignedIn: (session: Session) => void;
}

export function SignIn({ ended, onSignedIn }: SignInProps) {
  const [key, setKey] = useState('');
  const [organization, setOrganization] = useState('');
  const [problem, setProblem] = useState<Problem | null>(ended);
  const [busy, setBusy] = useState(false);

  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    const session = { key: key.trim(), organization: organization.trim() === '' ? null : organization.trim() };
    try {
      await createClient(session).payments(new URLSearchParams({ limit: '1' }));
      keepSession(session);
      onSignedIn(session);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setProblem(error);
      setBusy(false);
    }
  };

  return (
    <main class="sign-in">
      <h1>Paystrata</h1>
      <form onSubmit={(event) => void submit(event)}>
        <label>
          API key
          <input
            type="password"
            autocomplete="off"
            required
            value={key}
            onInput={(event) => setKey(event.currentTarget.value)}
          />
        </label>
        <label>
          Organization <span class="quiet">(with an operator's key only)</span>
          <input
            autocomplete="off"
            pattern="[a-z0-9][a-z0-9\-]{0,62}"
            value={organization}
            onInput={(event) => setOrganization(event.currentTarget.value)}
          />
        </label>
        {problem !== null && <ProblemNote problem={problem} />}
        <button type="submit" class="primary" disabled={busy}>
          Sign in
        </button>
      </form>
      <p class="quiet">
        The first start prints a key; <code>paystrata keys create --organization demo --scopes admin</code> makes
        another. It stays in this tab, and is forgotten when the tab is closed.
      </p>
    </main>
  );
}
