import { group, type Operation, type Who } from './operation.js';

const LEADS: Who = ['Director', 'President', 'SupportLead'];
const TEAM: Who = ['Director', 'SupportLead', 'Technician'];
/** The member's word must always find somebody who may write it down. */
const STOP: Who = ['Director', 'President', 'SupportLead', 'Technician'];

const consent = group('Consent');
const journal = group('Journal');

/** « Ce n’est pas exact », and what follows a stop for security. */
export const contestOperations = {
  contestConsent: consent(
    'POST',
    '/sessions/:sessionId/consent/contest',
    STOP,
    'Record that the member says the consent is not exact',
  ),
  settleContest: consent(
    'POST',
    '/sessions/:sessionId/consent/contest/settle',
    LEADS,
    'Record how a contested consent was cleared up, once the session has begun',
  ),
  recordSecurityAdvice: journal(
    'POST',
    '/sessions/:sessionId/security-advice',
    TEAM,
    'Record the advice given after a stop for security',
  ),
  answerBreachTriage: journal(
    'POST',
    '/sessions/:sessionId/breach-triage',
    STOP,
    'Answer whether data may have been touched; yes and unknown open an incident',
  ),
} as const satisfies Readonly<Record<string, Operation>>;
