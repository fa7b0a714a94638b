// Run by the build, after the compiler: makes the workflow bundle that is published.

import { builtBundle, writeWorkflowBundle } from './workflow-bundle.ts';

await writeWorkflowBundle(builtBundle);
