// The checker itself: it must find the faults of bad histories and no fault in good ones.
import { describe, expect, it } from 'vitest';
import { checkHistory, illegal, type Model, type Operation } from './check-history.ts';

type Input = { readonly write: number } | 'read' | { readonly compare: number; readonly set: number };
/** What was read, or whether the comparison held. */
type Output = number | boolean;
type Call = Operation<Input, Output>;

const register: Model<number, Input, Output> = {
  initial: 0,
  step: (state, input, output) => {
    if (input === 'read') return output === null || output === state ? state : illegal;
    if ('write' in input) return input.write;
    const holds = state === input.compare;
    if (output !== null && output !== holds) return illegal;
    return holds ? input.set : state;
  },
  key: String,
};

/** `at`: called and answered; one number alone: never answered. */
function call(input: Input, output: Output | null, ...at: readonly [number, number?]): Call {
  const [calledAt, answeredAt] = at;
  return {
    input,
    output,
    calledAt: BigInt(calledAt),
    answeredAt: answeredAt === undefined ? null : BigInt(answeredAt),
  };
}

const verdict = (...history: readonly Call[]) => checkHistory(register, history).linearizable;

describe('a good history', () => {
  it.each<[string, readonly Call[]]>([
    ['is empty', []],
    ['is one after the other', [call({ write: 1 }, true, 0, 1), call('read', 1, 2, 3)]],
    ['overlaps, the read sees the old value', [call({ write: 1 }, true, 0, 5), call('read', 0, 1, 2)]],
    ['overlaps, the read sees the new value', [call({ write: 1 }, true, 0, 5), call('read', 1, 1, 2)]],
    ['has a write without an answer that took effect', [call({ write: 1 }, null, 0), call('read', 1, 9, 10)]],
    ['has a write without an answer that did not', [call({ write: 1 }, null, 0), call('read', 0, 9, 10)]],
    [
      'has a write without an answer that took effect late',
      [call({ write: 1 }, null, 0), call('read', 0, 9, 10), call('read', 1, 11, 12)],
    ],
    [
      'has one winner of a race',
      [call({ compare: 0, set: 1 }, true, 0, 9), call({ compare: 0, set: 2 }, false, 1, 8), call('read', 1, 10, 11)],
    ],
    ['has a call at the very moment of an answer', [call({ write: 1 }, true, 0, 5), call('read', 0, 5, 6)]],
  ])('%s', (_, history) => expect(verdict(...history)).toBe(true));
});

describe('a bad history', () => {
  it.each<[string, readonly Call[]]>([
    ['reads a stale value', [call({ write: 1 }, true, 0, 1), call('read', 0, 2, 3)]],
    ['reads what nobody wrote', [call({ write: 1 }, true, 0, 1), call('read', 2, 2, 3)]],
    ['reads from the future', [call('read', 1, 0, 1), call({ write: 1 }, true, 2, 3)]],
    ['loses an acknowledged write', [call({ write: 1 }, true, 0, 1), call('read', 1, 2, 3), call('read', 0, 4, 5)]],
    ['has two winners of a race', [call({ compare: 0, set: 1 }, true, 0, 9), call({ compare: 0, set: 2 }, true, 1, 8)]],
    ['has no winner of a race', [call({ compare: 0, set: 1 }, false, 0, 9), call({ compare: 0, set: 2 }, false, 1, 8)]],
    [
      'goes back and forth between two values',
      [call({ write: 1 }, true, 0, 9), call('read', 1, 1, 2), call('read', 0, 3, 4), call('read', 1, 5, 6)],
    ],
    [
      'sees an unanswered write go away again',
      [call({ write: 1 }, null, 0), call('read', 1, 1, 2), call('read', 0, 3, 4)],
    ],
  ])('%s', (_, history) => expect(verdict(...history)).toBe(false));

  it('names the operations where every order ends', () => {
    const stale = call('read', 0, 2, 3);
    const found = checkHistory(register, [call({ write: 1 }, true, 0, 1), stale]);
    expect(found).toEqual({ linearizable: false, stuckAt: [stale] });
  });
});

it('agrees with trying all orders, on thousands of small random histories', () => {
  const random = generator(7);
  const seen = { good: 0, bad: 0 };
  for (let round = 0; round < 3000; round++) {
    const history = Array.from({ length: 1 + random(6) }, () => randomCall(random));
    const expected = someOrderFits(history, 0);
    expect(
      verdict(...history),
      JSON.stringify(history, (_, value: unknown) => String(value)),
    ).toBe(expected);
    seen[expected ? 'good' : 'bad']++;
  }
  expect(Math.min(seen.good, seen.bad)).toBeGreaterThan(300);
});

function randomCall(random: (below: number) => number): Call {
  const begun = random(12);
  const inputs: readonly Input[] = ['read', 'read', { write: random(3) }, { compare: random(3), set: random(3) }];
  const input = inputs[random(inputs.length)] ?? 'read';
  if (random(8) === 0) return call(input, null, begun);
  const output = input === 'read' ? random(3) : 'write' in input || random(2) === 0;
  return call(input, output, begun, begun + 1 + random(6));
}

/** The definition, word by word: take any operation that no other one must come before, and go on. */
function someOrderFits(open: readonly Call[], state: number): boolean {
  if (open.every(({ answeredAt }) => answeredAt === null)) return true;
  return open.some((each, index) => {
    const others = open.filter((_, other) => other !== index);
    if (others.some(({ answeredAt }) => answeredAt !== null && answeredAt < each.calledAt)) return false;
    const after = register.step(state, each.input, each.output);
    return after !== illegal && someOrderFits(others, after);
  });
}

/** Whole numbers below a bound, the same for the same seed. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
