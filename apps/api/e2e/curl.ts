// As much of curl as the README uses, so that its examples run where curl is not installed.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    silent: { type: 'boolean', short: 's' },
    request: { type: 'string', short: 'X' },
    header: { type: 'string', short: 'H', multiple: true },
    data: { type: 'string', short: 'd' },
    'data-binary': { type: 'string' },
  },
});
const [url = ''] = positionals;
const fromStdin = values['data-binary'] === '@-';
const body = fromStdin ? readFileSync(0, 'utf8') : (values.data ?? null);
const headers = new Headers();
for (const line of values.header ?? [])
  headers.append(line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1));
const answer = await fetch(url, { method: values.request ?? (body === null ? 'GET' : 'POST'), headers, body });
process.stderr.write(`${answer.status} ${url}\n`);
process.stdout.write(await answer.text());
if (!answer.ok) process.exitCode = 22;
