// Reads what an API answered; what does not fit is no API of ours, or one of another version.

import type { z } from 'zod';
import { CommandError } from '../../errors/command-error.ts';

/** @throws CommandError */
export function readJson<Output>(schema: z.ZodType<Output>, text: string): Output {
  const result = schema.safeParse(parsed(text));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue === undefined ? '' : ` (${issue.path.map(String).join('.')}: ${issue.message})`;
  throw new CommandError('UNREACHABLE', `the API answers something that this version does not understand${where}`, {
    hint: 'is PAYSTRATA_API_URL right, and the server of the same version?',
  });
}

/** @throws CommandError */
export async function readBody<Output>(schema: z.ZodType<Output>, response: Response): Promise<Output> {
  return readJson(schema, await response.text());
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
