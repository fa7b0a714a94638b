// The calls and answers that register programs wrote down, put together by payment and checked.

import assert from 'node:assert/strict';
import { checkHistory, type Operation } from '@paystrata/test-servers';
import { decode, encode } from './encoding.ts';
import type { Program } from './program.ts';
import { registerModel, type RegisterInput, type RegisterOutput } from './register-model.ts';

type Call = Operation<RegisterInput, RegisterOutput>;

interface Counted {
  readonly payments: number;
  readonly operations: number;
  /** Of the operations: those that were never answered. */
  readonly open: number;
}

/** Fails with the operations that fit in no order. Programs that were killed are part of the history. */
export function assertLinearizable(programs: readonly Program[]): Counted {
  const histories = new Map<string, Call[]>();
  for (const { lines } of programs) {
    for (const { paymentId, call } of callsOf(lines)) {
      const known = histories.get(paymentId);
      if (known === undefined) histories.set(paymentId, [call]);
      else known.push(call);
    }
  }
  for (const [paymentId, history] of histories) {
    const verdict = checkHistory(registerModel, history);
    assert.ok(
      verdict.linearizable,
      `payment ${paymentId}: no order of its ${history.length} operations fits; stuck at ${verdict.linearizable ? '' : verdict.stuckAt.map(encode).join('\n')}`,
    );
  }
  const all = [...histories.values()].flat();
  return {
    payments: histories.size,
    operations: all.length,
    open: all.filter(({ output }) => output === null).length,
  };
}

function callsOf(lines: readonly string[]) {
  const answers = new Map<string, { readonly at: bigint; readonly output: RegisterOutput }>();
  const calls: {
    readonly id: string;
    readonly at: bigint;
    readonly paymentId: string;
    readonly input: RegisterInput;
  }[] = [];
  for (const line of lines) {
    const [kind, id = '', at = '', ...rest] = line.split(' ');
    if (kind === 'a') answers.set(id, { at: BigInt(at), output: decode(rest.join(' ')) });
    if (kind !== 'c') continue;
    const [paymentId = '', ...input] = rest;
    calls.push({ id, at: BigInt(at), paymentId, input: decode(input.join(' ')) });
  }
  return calls.map(({ id, at, paymentId, input }) => {
    const answer = answers.get(id);
    const call: Call = { input, output: answer?.output ?? null, calledAt: at, answeredAt: answer?.at ?? null };
    return { paymentId, call };
  });
}
