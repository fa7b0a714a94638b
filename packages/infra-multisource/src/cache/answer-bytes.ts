// How many bytes an answer is estimated to take in memory.

import { bytesOf } from '@paystrata/infra-inmemory';
import type { QueryKind, SourceAnswers } from '../ports/source.ts';

const DOCUMENT = 1536;

export function answerBytes(answer: SourceAnswers[QueryKind]): number {
  return answer === null || 'payment' in answer ? DOCUMENT : bytesOf(answer);
}
