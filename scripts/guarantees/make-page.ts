// Puts the page together from results, from what it said before, and from where the cases are now.

import { format, resolveConfig } from 'prettier';
import { allCases, properties } from '../../packages/conformance/src/index.ts';
import { caseLocator } from './locate-cases.ts';
import { columnsOf, guaranteesPage, type Column } from './page.ts';

/** As they stand on the page, left to right; others follow by name. */
const order = ['memory-cqs', 'memory-cqrs', 'event-sourced-memory', 'event-sourced-sqlite', 'event-sourced-postgres'];

/** The page with these columns anew; columns it had before and that are not among them are kept. */
export async function makePage(root: string, fresh: readonly Column[], before: string): Promise<string> {
  const kept = columnsOf(before).filter(({ strategy }) => fresh.every((column) => column.strategy !== strategy));
  const place = ({ strategy }: Column) => (order.includes(strategy) ? order.indexOf(strategy) : order.length);
  const columns = [...fresh, ...kept].toSorted((a, b) => place(a) - place(b) || (a.strategy < b.strategy ? -1 : 1));
  const page = guaranteesPage(properties, allCases, columns, caseLocator(root));
  return format(page, { ...(await resolveConfig(`${root}/docs/guarantees.md`)), parser: 'markdown' });
}
