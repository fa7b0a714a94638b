// What a team would write by itself to keep one thing in Temporal: a workflow that lives on, and takes updates.

import { condition, defineUpdate, proxyActivities, setHandler } from '@temporalio/workflow';

interface Activities {
  note(text: string): Promise<string>;
}

const { note } = proxyActivities<Activities>({ startToCloseTimeout: '10 seconds' });

/** An update that runs one activity, and one that runs none. */
export async function bare(): Promise<void> {
  let last = '';
  setHandler(defineUpdate<string, [string]>('withActivity'), async (text) => (last = await note(text)));
  setHandler(defineUpdate<string, [string]>('alone'), (text) => (last = text));
  await condition(() => last === 'never');
}
