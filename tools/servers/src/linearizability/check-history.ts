// Is there an order of all operations, each taking effect at one moment between its call and its answer, in which a
// model gives the very answers that were given? The search of Wing and Gong (1993) with Lowe's memory of visited states
// (2017): what the tool Porcupine does, for one object at a time.

/** One call as a client saw it. */
export interface Operation<Input, Output> {
  readonly input: Input;
  /** Null: never answered, or with "unknown". Such an operation may take effect at any time after its call, or never. */
  readonly output: Output | null;
  /** By a clock that all clients share and that never goes back. */
  readonly calledAt: bigint;
  /** Null exactly where the output is. */
  readonly answeredAt: bigint | null;
}

/** What the object is to do when operations come one after the other. */
export interface Model<State, Input, Output> {
  readonly initial: State;
  /** @returns the state after the operation; `illegal` where the output is not what this state answers. Null fits all. */
  readonly step: (state: State, input: Input, output: Output | null) => State | typeof illegal;
  /** Equal texts for states that nothing can tell apart, different ones else. */
  readonly key: (state: State) => string;
}

export const illegal: unique symbol = Symbol('illegal');

export type Verdict<Input, Output> =
  | { readonly linearizable: true }
  /** `stuckAt`: the operations of the longest order that could be found end before these. */
  | { readonly linearizable: false; readonly stuckAt: readonly Operation<Input, Output>[] };

/** A call or an answer, in a list from which operations are lifted and put back. */
interface Entry {
  readonly operation: number;
  readonly isCall: boolean;
  previous: Entry | null;
  next: Entry | null;
  /** The answer of a call; null for answers. */
  answer: Entry | null;
}

/** The history of one object; histories of different objects are checked apart. */
export function checkHistory<State, Input, Output>(
  model: Model<State, Input, Output>,
  history: readonly Operation<Input, Output>[],
): Verdict<Input, Output> {
  const head = listOf(history);
  const visited = new Set<string>();
  const path: { readonly call: Entry; readonly state: State }[] = [];
  let state = model.initial;
  let taken = 0n;
  let longest = { length: -1, open: head.next };
  for (let entry = head.next; head.next !== null;) {
    if (entry === null) throw new Error('a history ends with an answer');
    if (path.length > longest.length) longest = { length: path.length, open: head.next };
    if (entry.isCall) {
      const after = tryOperation(model, state, history[entry.operation]);
      const now = taken | (1n << BigInt(entry.operation));
      if (after !== illegal && isNew(visited, `${now.toString(36)} ${model.key(after)}`)) {
        path.push({ call: entry, state });
        [state, taken] = [after, now];
        lift(entry);
        entry = head.next;
      } else entry = entry.next;
    } else {
      const last = path.pop();
      if (last === undefined) return { linearizable: false, stuckAt: callsFrom(longest.open, history) };
      state = last.state;
      taken &= ~(1n << BigInt(last.call.operation));
      unlift(last.call);
      entry = last.call.next;
    }
  }
  return { linearizable: true };
}

function tryOperation<State, Input, Output>(
  model: Model<State, Input, Output>,
  state: State,
  operation: Operation<Input, Output> | undefined,
) {
  if (operation === undefined) throw new Error('an entry of no operation');
  return model.step(state, operation.input, operation.output);
}

function isNew(visited: Set<string>, name: string): boolean {
  if (visited.has(name)) return false;
  visited.add(name);
  return true;
}

/** Calls and answers by time; what was never answered is answered after everything. At the same moment calls go first. */
function listOf(history: readonly Operation<unknown, unknown>[]): Entry {
  const moments = history.flatMap(({ calledAt, answeredAt }, operation) => {
    const answer: Entry = { operation, isCall: false, previous: null, next: null, answer: null };
    const call: Entry = { operation, isCall: true, previous: null, next: null, answer };
    return [
      { at: calledAt, order: 0, entry: call },
      { at: answeredAt, order: 1, entry: answer },
    ];
  });
  moments.sort((a, b) => {
    if (a.at === b.at) return a.order - b.order;
    if (a.at === null) return 1;
    return b.at === null || a.at < b.at ? -1 : 1;
  });
  const head: Entry = { operation: -1, isCall: false, previous: null, next: null, answer: null };
  let last = head;
  for (const { entry } of moments) {
    last.next = entry;
    entry.previous = last;
    last = entry;
  }
  return head;
}

function lift(call: Entry): void {
  for (const entry of [call, call.answer]) {
    if (entry?.previous) entry.previous.next = entry.next;
    if (entry?.next) entry.next.previous = entry.previous;
  }
}

function unlift(call: Entry): void {
  for (const entry of [call.answer, call]) {
    if (entry?.previous) entry.previous.next = entry;
    if (entry?.next) entry.next.previous = entry;
  }
}

function callsFrom<Input, Output>(first: Entry | null, history: readonly Operation<Input, Output>[]) {
  const calls: Operation<Input, Output>[] = [];
  for (let entry = first; entry !== null && calls.length < 10; entry = entry.next) {
    const operation = history[entry.operation];
    if (entry.isCall && operation !== undefined) calls.push(operation);
  }
  return calls;
}
