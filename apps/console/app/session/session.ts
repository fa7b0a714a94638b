// Who is signed in: an API key that this tab alone holds, and only until it is closed.

export interface Session {
  readonly key: string;
  /** For an operator's key: the organization it looks at; null for a key of one organization. */
  readonly organization: string | null;
}

const place = 'paystrata.session';

/** @returns null where nobody is signed in in this tab. */
export function readSession(): Session | null {
  const text = sessionStorage.getItem(place);
  if (text === null) return null;
  const [key = '', organization = ''] = text.split(' ');
  return key === '' ? null : { key, organization: organization === '' ? null : organization };
}

export function keepSession({ key, organization }: Session): void {
  sessionStorage.setItem(place, organization === null ? key : `${key} ${organization}`);
}

export function forgetSession(): void {
  sessionStorage.removeItem(place);
}
