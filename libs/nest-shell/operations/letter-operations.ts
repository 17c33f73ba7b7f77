import { group, type Operation, type Who } from './operation.js';

const WRITERS: Who = ['Director', 'President', 'SupportLead'];
const READERS: Who = ['Director', 'President', 'SupportLead', 'Auditor'];
const WATCHERS: Who = ['Administrator', 'Director', 'President', 'SupportLead', 'Auditor'];
const KEEPERS: Who = ['Administrator', 'Director', 'President'];

const letter = group('Letters');
const process = group('Processes');

/** Letters to members, and what is done by the clock. Printing is equal to sending, and always possible. */
export const letterOperations = {
  listLetters: letter('GET', '/letters', READERS, 'Letters and how far they got, without what they say'),
  getLetter: letter(
    'GET',
    '/letters/:letterId',
    READERS,
    'A letter as it leaves or is printed; needs a purpose and is recorded',
  ),
  markLetterPrinted: letter(
    'POST',
    '/letters/:letterId/printed',
    WRITERS,
    'Record that it was printed and handed over: equal to sending',
  ),
  noteLetterBounced: letter('POST', '/letters/:letterId/bounce', WRITERS, 'Record that it came back'),
  sendLetterAgain: letter('POST', '/letters/:letterId/send-again', WRITERS, 'Have it sent again'),
  abandonLetter: letter('POST', '/letters/:letterId/abandon', WRITERS, 'Keep it from leaving'),

  listProcessCases: process('GET', '/processes', WATCHERS, 'What the processes watch over, what is due, what is stuck'),
  listReminders: process(
    'GET',
    '/reminders',
    ['Director', 'President', 'SupportLead', 'Technician'],
    'What one of the caller’s roles was reminded of, and whether it was done since',
  ),
  retryProcessStep: process(
    'POST',
    '/processes/:process/cases/:caseId/steps/:step/retry',
    KEEPERS,
    'Try a stuck step again',
  ),
  skipProcessStep: process(
    'POST',
    '/processes/:process/cases/:caseId/steps/:step/skip',
    KEEPERS,
    'Decide that a stuck step is not done',
  ),
} as const satisfies Readonly<Record<string, Operation>>;
