// `docs/errors.md`, made of the table of problems; a test compares.

import { failureKinds, httpKinds, rejectionKinds, type ProblemKind } from './problem-table.ts';

const intro = `# Errors

Every refusal and failure has a stable code. The HTTP API answers it as \`application/problem+json\` (RFC 9457):

\`\`\`json
{
  "type": "/docs/errors#refund_exceeds_captured",
  "title": "More than what is left of the capture.",
  "status": 422,
  "detail": "at most 999 minor units can be refunded, not 1000",
  "code": "refund_exceeds_captured",
  "param": "amount",
  "requestId": "01a1fe34-62a0-7000-9a73-82a132ac8506",
  "errors": [],
  "details": { "refundable": "999" }
}
\`\`\`

- \`code\` is for programs and never changes; \`detail\` is for people and may.
- \`param\` is the field, parameter or header at fault; with \`INVALID_MESSAGE\`, \`errors\` lists all of them.
- \`payment\` and \`failure\` are there where the gateway declined: that is an outcome, and it is kept.
- 503 comes with \`Retry-After\`: the very same request may succeed later. Send it with the same \`Idempotency-Key\`.

In process, a refusal is a returned value with one of the lower-case codes, a failure a thrown \`PortFailure\` with one of
the upper-case ones. The number after each code is its HTTP status. The command line prints the same codes; its exit
codes are in the README of \`apps/cli\`.
`;

/** The whole page; `apps/api/src/problems/problems.test.ts` writes it with \`vitest -u\`. */
export function problemsMarkdown(): string {
  return [
    intro,
    section('Refusals of a payment', 'Nothing was changed.', rejectionKinds),
    section('Failures of a port', 'A store, a message or the configuration could not do what was asked.', failureKinds),
    section('Requests', 'What can be wrong with a request to the API besides, and with the API itself.', httpKinds),
  ].join('\n');
}

function section(title: string, about: string, kinds: Readonly<Record<string, ProblemKind>>): string {
  const entries = Object.entries(kinds).map(
    ([code, { status, meaning, remedy }]) => `### ${code}\n\n${status}. ${meaning} ${remedy}\n`,
  );
  return [`## ${title}\n\n${about}\n`, ...entries].join('\n');
}
