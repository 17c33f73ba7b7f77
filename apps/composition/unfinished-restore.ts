import { readRestoreJournal } from '#application/backup/restore-journal.js';
import { SetupFault } from './setup-fault.js';

/**
 * Between two files of a restore the installation is neither the old one nor the new one: nothing opens it.
 * @throws SetupFault `restore-unfinished`
 */
export async function refuseUnfinishedRestore(data: string): Promise<void> {
  const journal = await readRestoreJournal(data);
  if (journal)
    throw new SetupFault(
      'restore-unfinished',
      `The restore of backup ${journal.backupId} into ${data} was interrupted. Finish it with: temoin restore`,
    );
}
