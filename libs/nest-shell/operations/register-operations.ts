import { CREATES, group, type Operation, type Who } from './operation.js';

/** A breach is written down by whoever sees it. */
const SEES: Who = ['Administrator', 'Director', 'President', 'SupportLead', 'Technician'];
const DECIDERS: Who = ['Director', 'President'];
const REVIEWERS: Who = ['Administrator', 'Director', 'President', 'SupportLead', 'Auditor'];
const GOVERN: Who = ['Administrator', 'Director', 'President'];
const VERIFIERS: Who = ['Director', 'President', 'Auditor'];

const incident = group('Incidents');
const register = group('Registers');

/** Breaches of personal data (GDPR 33–34) and the registers (GDPR 28, 30; charter 6.2, 6.3, 11 d). */
export const registerOperations = {
  recordIncident: incident('POST', '/incidents', SEES, 'Record a breach; 72 hours run from the awareness', CREATES),
  complementIncident: incident('POST', '/incidents/:incidentId/complement', SEES, 'What became known since'),
  assessIncident: incident('POST', '/incidents/:incidentId/assessment', DECIDERS, 'Judge the risk, with reasons'),
  notifyAuthority: incident(
    'POST',
    '/incidents/:incidentId/notifications',
    DECIDERS,
    'Record that the CNIL was told: first, then complements; late with reasons',
  ),
  tellPersons: incident('POST', '/incidents/:incidentId/notices', DECIDERS, 'Record that persons concerned were told'),
  exemptFromTelling: incident(
    'POST',
    '/incidents/:incidentId/exemption',
    DECIDERS,
    'Why persons are not told although the risk is high (GDPR 34(3))',
  ),
  closeIncident: incident(
    'POST',
    '/incidents/:incidentId/close',
    DECIDERS,
    'Close an incident; it stays in the register',
  ),
  listIncidents: incident('GET', '/incidents', REVIEWERS, 'The register of breaches, without what was written'),
  getIncident: incident('GET', '/incidents/:incidentId', VERIFIERS, 'One breach, in full'),

  recordInsurance: register('POST', '/registers/insurance', GOVERN, 'Record a policy of liability insurance', CREATES),
  recordMediator: register('POST', '/registers/mediators', GOVERN, 'Record the mediator and their contact', CREATES),
  recordProcessor: register('POST', '/registers/processors', GOVERN, 'Record a processor under contract', CREATES),
  endAssociationRecord: register(
    'POST',
    '/registers/records/:recordId/end',
    GOVERN,
    'A policy, a mediator or a processor ends',
  ),
  listAssociationRecords: register('GET', '/registers/records', REVIEWERS, 'Insurance, mediator and processors'),
  processingRegister: register(
    'GET',
    '/registers/processing',
    REVIEWERS,
    'The register of processing (GDPR 30), also as a page to print',
  ),
  recordDisclosure: register(
    'POST',
    '/members/:memberId/disclosures',
    ['Director', 'President'],
    'Record that something of a member goes to somebody outside, with its ground and digest',
    CREATES,
  ),
  listLateRecordings: register(
    'GET',
    '/registers/late-recordings',
    REVIEWERS,
    'Facts typed in more than a day after they happened, of every kind',
  ),
  listDisclosures: register(
    'GET',
    '/registers/disclosures',
    VERIFIERS,
    'What left the association, to whom, with its digest',
  ),
} as const satisfies Readonly<Record<string, Operation>>;
