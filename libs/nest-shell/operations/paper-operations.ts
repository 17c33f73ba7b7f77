import { group, type Operation, type Who } from './operation.js';

const COLLEAGUES: Who = ['Administrator', 'Director', 'President', 'SupportLead', 'Technician', 'Auditor'];
const TEAM: Who = ['Director', 'President', 'SupportLead', 'Technician'];
const REVIEWERS: Who = ['Director', 'President', 'SupportLead', 'Auditor'];

const paper = group('Letters');

/** Papers to print, made when they are asked for. The blank ones hold nothing of anybody. */
export const paperOperations = {
  blankConsentForm: paper('GET', '/papers/consent-form', COLLEAGUES, 'A blank consent form, from the charter in force'),
  filledConsentForm: paper(
    'GET',
    '/sessions/:sessionId/consent-form',
    TEAM,
    'The consent form filled in for an appointment, never ticked; needs a purpose and is recorded',
  ),
  oralScript: paper('GET', '/papers/oral-script', COLLEAGUES, 'What is read to collect a consent by word of mouth'),
  technicianUndertaking: paper(
    'GET',
    '/papers/technician-undertaking',
    COLLEAGUES,
    'The undertaking of confidentiality that a technician signs',
  ),
  annualStatistics: paper(
    'GET',
    '/papers/annual-statistics',
    REVIEWERS,
    'A year in figures; small counts for the Director and the President only',
  ),
} as const satisfies Readonly<Record<string, Operation>>;
