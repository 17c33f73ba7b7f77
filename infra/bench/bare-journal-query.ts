import { DatabaseSync } from '@photostructure/sqlite';
import type { LocalDate } from '#kernel/time.js';
import { journalView } from '#views/journal.js';
import type { JournalParams } from '#views/journal-queries.js';

/** The same three conditions by themselves: SQLite, its indexes, and `JSON.parse`. */
export function bareJournalQuery(file: string) {
  const database = new DatabaseSync(file, { readOnly: true });
  const view = database.prepare("SELECT number FROM view WHERE name = 'journal'").get() as { readonly number: number };
  const names = Object.entries(journalView.schema.collections[0]?.fields ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const column = (field: string) =>
    `c${names.filter(([, type]) => type !== 'texts').findIndex(([name]) => name === field)}`;
  const list = names.filter(([, type]) => type === 'texts').findIndex(([name]) => name === 'categories');
  const [table, texts, start] = [
    `documents_${view.number}_sessions`,
    `texts_${view.number}_sessions`,
    column('startedAt'),
  ];
  const select = database.prepare(
    `SELECT json FROM ${table} WHERE ${column('technicianId')} = ? AND ${start} >= ? AND ${start} < ?
     AND key IN (SELECT document FROM ${texts} WHERE list = ${list} AND value = ?) ORDER BY ${start} DESC, id DESC LIMIT 50`,
  );
  const paris = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) - offset(day)).toISOString();
  return {
    find({ technicianId = '', category = '', from = '' as LocalDate, to = '' as LocalDate }: JournalParams): number {
      const end = new Date(Date.parse(to) + 86_400_000).toISOString().slice(0, 10);
      const rows = select.all(technicianId, paris(from), paris(end), category) as { readonly json: string }[];
      return rows.map(({ json }) => JSON.parse(json) as unknown).length;
    },
    close: () => database.close(),
  };
}
/** Of Paris, at the beginning of months: summer time from April to October. */
const offset = (day: string): number => (/-(0[4-9]|10)-/.test(day) ? 2 : 1) * 3_600_000;
