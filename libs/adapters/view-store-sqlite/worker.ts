import { openDatabase, type Place } from '#sqlite/database.js';
import { serve } from '#sqlite/serve.js';
import { stepStatements } from './apply.js';
import { addLeases, leaseQueries, leaseStatements } from './leases.js';
import { queryStatements } from './queries.js';
import { viewStoreFile } from './schema.js';
import { statementsOf, viewTables } from './tables.js';

serve((place: Place) => {
  const database = openDatabase(place, viewStoreFile);
  // What a power failure takes from this file it takes from the end, checkpoint and documents together; the log gives it again.
  database.exec('PRAGMA synchronous = NORMAL');
  // A step of many views touches hundreds of pages of their indexes all over the file: they are read again where they do not
  // stay. KiB, taken as needed.
  database.exec('PRAGMA cache_size = -8192');
  addLeases(database);
  const statement = statementsOf(database);
  const tables = viewTables(database, statement);
  const { prepare, beginRebuild, swap, drop, checkpoint } = tables;
  return {
    database,
    writes: { ...stepStatements(statement, tables), prepare, beginRebuild, swap, drop, ...leaseStatements(statement) },
    reads: { ...queryStatements(statement, tables), checkpoint, ...leaseQueries(statement) },
  };
});
