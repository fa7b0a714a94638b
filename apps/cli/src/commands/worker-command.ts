// worker: what is done in the background, until it is told to end

import type { Command } from '@commander-js/extra-typings';
import type { Session } from '../session.ts';
import { examples } from './examples.ts';
import { serve } from './serve-command.ts';

export function addWorkerCommand(program: Command, session: Session): void {
  program
    .command('worker')
    .description(
      'do what is done in the background: on Temporal, workflows, gateway calls and projection; serves health and ' +
        'metrics only',
    )
    .addHelpText('after', examples('worker'))
    .action(() => {
      const config = session.config();
      return serve(session, { ...config, server: { ...config.server, role: 'worker' } });
    });
}
