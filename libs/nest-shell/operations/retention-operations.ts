import { group, type Operation, type Who, WORKS } from './operation.js';

const READERS: Who = ['Administrator', 'Director', 'President', 'SupportLead', 'Auditor'];

const KEEPERS: Who = ['Administrator', 'Director', 'President', 'Auditor'];

const retention = group('Retention');
const keeping = group('Backups');

/** How long what is kept, what leaves, and the runs that take it (charter 4.4 c, 8.1 f). */
export const retentionOperations = {
  retentionCalendar: retention('GET', '/retention', READERS, 'What leaves this month, and why something stays'),
  listRetentionRuns: retention('GET', '/retention/runs', READERS, 'Runs of retention with their numbers'),
  runRetention: retention(
    'POST',
    '/retention/run',
    ['Administrator', 'Director'],
    'Destroy what is at the end of its period, or say what that would be',
    WORKS,
  ),

  listBackups: keeping('GET', '/backups', KEEPERS, 'Backups, the last one that was brought back, the last night'),
  backUp: keeping('POST', '/backups', ['Administrator', 'Director'], 'Make a backup now', WORKS),
} as const satisfies Readonly<Record<string, Operation>>;
