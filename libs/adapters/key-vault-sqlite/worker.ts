import { openDatabase, type Place } from '#sqlite/database.js';
import { serve } from '#sqlite/serve.js';
import { destruction, finishDestructions, sweeping } from './destroy.js';
import { addFirstEpoch, addMoves, keyVaultFile } from './schema.js';
import { cellStatements } from './statements.js';

serve((place: Place) => {
  const database = openDatabase(place, keyVaultFile);
  addFirstEpoch(database);
  addMoves(database);
  finishDestructions(database);
  const { getOrCreate, raiseEpoch, rewrap, lookup, list, livingBefore, tombstones } = cellStatements(database);
  const { destroy } = destruction(database);
  return {
    database,
    writes: { getOrCreate, raiseEpoch, rewrap },
    reads: { lookup, list, livingBefore, tombstones },
    alone: { destroy, sweep: sweeping(database) },
  };
});
