import { roles } from '#domain/shared/facts.js';
import { CREATES, group, type Operation, type Who } from './operation.js';

const GOVERN: Who = ['Administrator', 'Director', 'President'];
const TELLERS: Who = ['Administrator', 'Director', 'President', 'SupportLead'];
const TEAM: Who = ['Director', 'President', 'SupportLead', 'Technician'];
const REVIEWERS: Who = ['Director', 'President', 'SupportLead', 'Auditor'];

const charter = group('Charter');

/** Versions of the charter, who was told of them, and who accepted them (10.1, 10.2). */
export const charterOperations = {
  publishCharter: charter('POST', '/charter/versions', GOVERN, 'Publish a version of the charter', CREATES),
  notifyCharter: charter(
    'POST',
    '/charter/versions/:charterVersionId/notifications',
    TELLERS,
    'Record that members were told of a version',
  ),
  listCharters: charter('GET', '/charter/versions', roles, 'Charter versions, newest first'),
  getCharter: charter('GET', '/charter/versions/:charterVersionId', roles, 'One version, with its exact text'),
  listCharterAcknowledgements: charter(
    'GET',
    '/charter/versions/:charterVersionId/acknowledgements',
    REVIEWERS,
    'Which members have accepted a version, and which have not',
  ),
  charterToAccept: charter(
    'GET',
    '/members/:memberId/charter',
    TEAM,
    'What the next consent of a member has to show: the version of the day, and whether it is new to them',
  ),
  acknowledgeCharter: charter(
    'POST',
    '/members/:memberId/charter',
    TEAM,
    'Record that a member accepted a version outside any session',
  ),
} as const satisfies Readonly<Record<string, Operation>>;
