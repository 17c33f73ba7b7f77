import { openDatabase, type Place } from '#sqlite/database.js';
import { serve } from '#sqlite/serve.js';
import { eventStoreFile } from './schema.js';
import { eventStatements } from './statements.js';

serve((place: Place) => {
  const database = openDatabase(place, eventStoreFile);
  const { append, readStream, readLog, head, end, transactions } = eventStatements(database);
  return { database, writes: { append }, reads: { readStream, readLog }, glances: { head }, notice: end, transactions };
});
