// `docs/api.md`, made of the API's own document; a test compares.

import type { Api } from '../http/api.ts';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema?: { readonly enum?: readonly string[] };
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: { readonly $ref?: string } }>>;
}

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly security?: readonly unknown[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content & { readonly description: string }>>;
}

interface Document {
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

interface Route extends Operation {
  readonly name: string;
}

const introduction = `# The HTTP API

Every route, made of the OpenAPI document that a running server has at \`/openapi.json\` and shows at \`/docs\`; the schemas
named here are in it. What holds everywhere – keys, idempotency, versions, freshness, limits – is in the
[README of the API](../apps/api/README.md), every problem code in [errors.md](errors.md).

Every request may carry \`X-Request-Id\`, \`X-Correlation-Id\` and, with an operator's key, \`Paystrata-Organization\`; they are
left out below, as are the answers 400, 401, 403, 421, 429, 500 and 503, which every route with a key may give.
`;

const everywhere: ReadonlySet<string> = new Set(['x-request-id', 'x-correlation-id', 'paystrata-organization']);
const anywhere: ReadonlySet<string> = new Set(['400', '401', '403', '421', '429', '500', '503']);

/** The whole page, as the formatter leaves it. */
export async function apiReference(app: Pick<Api, 'inject'>): Promise<string> {
  const { tags, paths } = (await app.inject('/openapi.json')).json<Document>();
  const routes = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ ...operation, name: `${method.toUpperCase()} ${path}` })),
  );
  const sections = tags.map(({ name }) => {
    const own = routes.filter((route) => route.tags.includes(name));
    return [`## ${name}\n`, ...own.map(sectionOf)].join('\n');
  });
  return [introduction, ...sections].join('\n');
}

function sectionOf(route: Route): string {
  const { name, operationId, summary, description, security, parameters = [], requestBody, responses } = route;
  const isPublic = security !== undefined;
  const own = parameters.filter((each) => !everywhere.has(each.name));
  const body = schemasOf(requestBody);
  const answers = Object.entries(responses).filter(([status]) => isPublic || !anywhere.has(status));
  const lines = [
    ...own.map(parameterLine),
    ...(body === '' ? [] : [`- body: ${body}`]),
    ...answers.map((answer) => answerLine(...answer)),
  ];
  const about = `${summary}.${description === undefined ? '' : ` ${description}`}${isPublic ? ' Needs no key.' : ''}`;
  return `### ${name}\n\n${about} Operation \`${operationId}\`.\n\n${lines.join('\n')}\n`;
}

function parameterLine({ name, in: place, required = false, description, schema }: Parameter): string {
  const choices = schema?.enum === undefined ? '' : ` One of ${schema.enum.map((each) => `\`${each}\``).join(', ')}.`;
  return `- ${place} \`${name}\`${required ? ', needed' : ''}${description === undefined ? '' : `: ${description}`}${choices}`;
}

function answerLine(status: string, answer: Content & { readonly description: string }): string {
  const { description } = answer;
  const schemas = schemasOf(answer);
  return `- answers ${status}${schemas === '' ? '' : ` ${schemas}`}${description === 'Default Response' ? '' : `: ${description}`}`;
}

function schemasOf({ content = {} }: Content = {}): string {
  const named = Object.entries(content).map(([type, { schema }]) => {
    const name = schema?.$ref?.split('/').at(-1);
    return name === undefined || name === 'Problem'
      ? ''
      : `\`${name}\`${type === 'application/json' ? '' : ` as ${type}`}`;
  });
  return named.filter((each) => each !== '').join(', ');
}
