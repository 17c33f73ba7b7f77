import { CREATES, group, type Operation, type Who } from './operation.js';

const TEAM: Who = ['Director', 'SupportLead', 'Technician'];
const READERS: Who = ['Director', 'President', 'SupportLead', 'Technician', 'Auditor'];
const report = group('Reports');

/** The written summary of a session (charter 8.2). */
export const reportOperations = {
  requestReport: report('POST', '/sessions/:sessionId/report-request', TEAM, 'The member asks for the written summary'),
  issueReport: report(
    'POST',
    '/sessions/:sessionId/reports',
    TEAM,
    'Give the summary out: a new version where something was corrected since, else the last one again',
    CREATES,
  ),
  listReports: report('GET', '/sessions/:sessionId/reports', READERS, 'Versions given out, with their digests'),
  getReport: report(
    'GET',
    '/sessions/:sessionId/reports/:reportVersion',
    READERS,
    'A version as it was given out, made again and compared with its digest; needs a purpose and is recorded',
  ),
} as const satisfies Readonly<Record<string, Operation>>;
