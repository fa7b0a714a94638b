// Answers that may be there already: whoever has them need not make others wait for a promise.

/** An answer, or a promise of it. What is thrown at once means the same as a promise that is rejected. */
export type Soon<T> = T | Promise<T>;

/** What `next` makes of the answer: at once where it is there, so that a whole command may run without a promise. */
export function onceThere<T, Result>(answer: Soon<T>, next: (answer: T) => Soon<Result>): Soon<Result> {
  return answer instanceof Promise ? answer.then(next) : next(answer);
}
