// Answers that may be there already: whoever has them need not make others wait for a promise.

/** An answer, or a promise of it. What is thrown at once means the same as a promise that is rejected. */
export type Soon<T> = T | Promise<T>;

/** Whether it has to be waited for: a promise of whichever library or realm, for callers bring their own. */
export function isPromise<T>(answer: Soon<T>): answer is Promise<T> {
  if (answer instanceof Promise) return true;
  return typeof answer === 'object' && answer !== null && 'then' in answer && typeof answer.then === 'function';
}

/** What `next` makes of the answer: at once where it is there, so that a whole command may run without a promise. */
export function onceThere<T, Result>(answer: Soon<T>, next: (answer: T) => Soon<Result>): Soon<Result> {
  return isPromise(answer) ? Promise.resolve(answer).then(next) : next(answer);
}
