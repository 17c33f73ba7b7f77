import { openDatabase, type Place } from '#sqlite/database.js';
import { serve } from '#sqlite/serve.js';
import { destruction, discarding, finishDestructions, sweeping } from './destroy.js';
import { noteStatements } from './notes.js';
import { addFirstEpoch, addMoves, addNotes, keyVaultFile } from './schema.js';
import { cellStatements } from './statements.js';

serve((place: Place) => {
  const database = openDatabase(place, keyVaultFile);
  addFirstEpoch(database);
  addMoves(database);
  addNotes(database);
  finishDestructions(database);
  const { getOrCreate, raiseEpoch, rewrap, lookup, list, livingBefore, tombstones } = cellStatements(database);
  const { note, writeNote } = noteStatements(database);
  const { destroy } = destruction(database);
  return {
    database,
    writes: { getOrCreate, raiseEpoch, rewrap, writeNote },
    reads: { lookup, list, livingBefore, tombstones, note },
    alone: { destroy, sweep: sweeping(database), discard: discarding(database) },
  };
});
