// The console: signing in, and the pages.

import { render } from 'preact';
import { LocationProvider, Route, Router } from 'preact-iso';
import { useMemo, useState } from 'preact/hooks';
import { createClient } from './api/client.ts';
import type { Problem } from './api/problem.ts';
import { EventsPage } from './events/events-page.tsx';
import { keepZone, readZone } from './format/time.ts';
import { OverviewPage } from './overview/overview-page.tsx';
import { PaymentPage } from './payment/payment-page.tsx';
import { PaymentsPage } from './payments/payments-page.tsx';
import { forgetSession, readSession, type Session } from './session/session.ts';
import { SignIn } from './session/sign-in.tsx';
import { StoragePage } from './storage/storage-page.tsx';
import { Context, type AppContext } from './ui/app-context.ts';
import { Empty } from './ui/pieces.tsx';
import { Shell } from './ui/shell.tsx';
import { applyTheme } from './ui/theme.tsx';

function Console() {
  const [session, setSession] = useState<Session | null>(readSession);
  const [ended, setEnded] = useState<Problem | null>(null);
  if (session === null) return <SignIn ended={ended} onSignedIn={setSession} />;
  const signOut = (why?: Problem) => {
    forgetSession();
    setEnded(why ?? null);
    setSession(null);
  };
  return <SignedIn session={session} signOut={signOut} />;
}

function SignedIn({ session, signOut }: { readonly session: Session; readonly signOut: AppContext['signOut'] }) {
  const client = useMemo(() => createClient(session), [session]);
  const [zone, setZone] = useState(readZone);
  const [said, notify] = useState('');
  const app: AppContext = {
    client,
    zone,
    setZone: (picked) => {
      keepZone(picked);
      setZone(picked);
    },
    notify,
    signOut,
  };
  return (
    <Context.Provider value={app}>
      <LocationProvider>
        <Shell>
          <Router>
            <Route path="/" component={OverviewPage} />
            <Route path="/overview" component={OverviewPage} />
            <Route path="/payments" component={PaymentsPage} />
            <Route path="/payments/:id" component={PaymentPage} />
            <Route path="/events" component={EventsPage} />
            <Route path="/storage" component={StoragePage} />
            <Route default component={Nowhere} />
          </Router>
        </Shell>
      </LocationProvider>
      <div class="said" role="status" key={said}>
        {said}
      </div>
    </Context.Provider>
  );
}

function Nowhere() {
  return (
    <Empty title="There is no such page.">
      Go to the <a href="/payments">payments</a>.
    </Empty>
  );
}

const place = document.getElementById('console');
if (place === null) throw new Error('the page has no place for the console');
applyTheme();
render(<Console />, place);
