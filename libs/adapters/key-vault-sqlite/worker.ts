import { openDatabase, type Place } from '#sqlite/database.js';
import { serve } from '#sqlite/serve.js';
import { destruction, finishDestructions } from './destroy.js';
import { keyVaultFile } from './schema.js';
import { cellStatements } from './statements.js';

serve((place: Place) => {
  const database = openDatabase(place, keyVaultFile);
  finishDestructions(database);
  const { getOrCreate, rewrap, lookup, list, livingBefore, tombstones } = cellStatements(database);
  const { destroy } = destruction(database, place.file);
  return {
    database,
    writes: { getOrCreate, rewrap },
    reads: { lookup, list, livingBefore, tombstones },
    alone: { destroy },
  };
});
