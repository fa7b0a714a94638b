// Names the life of a log in a SQLite file, and begins a new one where the file is a copy of another.

import { text } from '../rows.ts';
import { placeOf, type SqliteFile } from './sqlite-file.ts';
import type { SqliteStatements } from './sqlite-statements.ts';

/**
 * A copy of the file, such as a backup that was put back, lies elsewhere on the disk than the file that it was made of.
 * It may lack what was acknowledged since: what was said of positions in the other life must not be taken for this one's.
 * A file whose contents were overwritten in place is not told apart.
 *
 * @returns the epoch
 */
export async function beginEpoch(file: SqliteFile, statements: SqliteStatements): Promise<string> {
  const place = placeOf(file.path);
  const journal = () => statements.journal.get() ?? {};
  if ((await file.retry(() => text(journal(), 'place'))) !== place) {
    await file.write(() => {
      // Another process may have been faster.
      if (text(journal(), 'place') !== place) statements.beginEpoch.run(place);
    });
  }
  return file.retry(() => text(journal(), 'epoch'));
}
