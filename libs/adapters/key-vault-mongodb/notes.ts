import { onlyDuplicateKeys } from '../shared-mongodb/faults.js';
import type { Cells } from './cells.js';

export const readNote = async ({ notes }: Cells, name: string): Promise<string | undefined> =>
  (await notes.findOne({ _id: name }))?.text;

/** @returns what is written there now */
export async function writeNote(at: Cells, name: string, text: string, over: 'absent' | 'any'): Promise<string> {
  const update = over === 'any' ? { $set: { text } } : { $setOnInsert: { text } };
  await at.notes.updateOne({ _id: name }, update, { upsert: true }).catch(async (error: unknown) => {
    if (!onlyDuplicateKeys(error)) throw error;
    // written by another process in the same moment
    if (over === 'any') await at.notes.updateOne({ _id: name }, update);
  });
  return (await readNote(at, name)) ?? text;
}
