import { group, type Operation, type Who } from './operation.js';

const REVIEWERS: Who = ['Director', 'President', 'SupportLead', 'Auditor'];
const overview = group('Overview');

/** The charter, executed: how often each rule applied and how it came out. */
export const complianceOperations = {
  ruleCompliance: overview(
    'GET',
    '/compliance/rules',
    REVIEWERS,
    'Each rule of the charter: applied, kept, refused in time, broken, open; small counts for the Director only',
  ),
  ruleDetail: overview(
    'GET',
    '/compliance/rules/:row',
    REVIEWERS,
    'One rule by month and by technician, with the events behind each figure',
  ),
} as const satisfies Readonly<Record<string, Operation>>;
