// What a question carries on its way to a source.

import type { ReadContext } from '@paystrata/application';
import type { QuestionContext } from '../ports/source.ts';

export interface RoutedContext extends QuestionContext {
  /** As it was asked: SQL waits for a position that is yet to come. */
  readonly asked: ReadContext;
}
