// Declares that it is durable and keeps its data in memory.

import { emptyData } from '../../example/own-strategy.ts';
import type { Mutant } from './mutant.ts';

export const forgetsOnRestart: Mutant = {
  name: 'is durable by declaration only',
  breaks: 'restart',
  restart: () => emptyData('another-life'),
};
