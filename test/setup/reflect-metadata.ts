// tsyringe needs reflect-metadata before it is loaded. Only composition and the apps may know of it, so that a test
// elsewhere that needs it fails.
import { expect } from 'vitest';

if (/\/(packages\/composition|apps)\//.test(expect.getState().testPath ?? '')) await import('reflect-metadata');
