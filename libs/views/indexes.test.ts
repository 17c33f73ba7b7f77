import { accessesView } from './accesses.js';
import { allViews } from './all-views.js';
import { appointmentsView } from './appointments.js';
import { associationRecordsView } from './association-records.js';
import { boardView } from './board.js';
import { acknowledgementsView } from './charter-acknowledgements.js';
import { chartersView } from './charters.js';
import { closuresView } from './closures.js';
import { complaintsView } from './complaints.js';
import { complianceView } from './compliance.js';
import { consentsView } from './consents.js';
import { credentialsView } from './credentials.js';
import { destructionsView } from './destructions.js';
import { disclosuresView } from './disclosures.js';
import { followUpsView } from './follow-ups.js';
import { holdsView } from './holds.js';
import { incidentsView } from './incidents.js';
import { journalView } from './journal.js';
import { lateRecordingsView } from './late-recordings.js';
import { lettersView } from './letters.js';
import { memberExportsView } from './member-exports.js';
import { memberLinksView } from './member-links.js';
import { membersView } from './members.js';
import { processesView } from './processes.js';
import { requestsView } from './requests.js';
import { retentionView } from './retention.js';
import { rightsView } from './rights.js';
import { ruleApplicationsView } from './rule-applications.js';
import { securityStopsView } from './security-stops.js';
import { staffView } from './staff.js';
import { strikeOutsView } from './strike-outs.js';
import { subscribersView } from './subscribers.js';
import { tokensView } from './tokens.js';

/** Each list: its order, and the filters that it offers on their own. */
const LISTS = [
  [journalView, 'startedAt', ['memberId', 'technicianId', 'status', 'outcome', 'categories', 'deviations']],
  [consentsView, 'recordedAt', ['state', 'memberId', 'mode', 'contest']],
  [complianceView, 'flaggedAt', ['code', 'rule', 'review', 'memberId', 'sessionId']],
  [complaintsView, 'receivedAt', ['memberId', 'stage', 'open', 'promptLate', 'formalLate', 'inquirerId', 'sessionIds']],
  [ruleApplicationsView, 'firstAt', ['rule,outcome', 'rule,by,outcome']],
  [boardView, 'startedAt', ['status']],
  [appointmentsView, 'startsAt', ['localDay', 'technicianId', 'memberId', 'status', 'consent']],
  [credentialsView, 'usedAt', ['state', 'memberId']],
  [followUpsView, 'since', ['state', 'memberId']],
  [requestsView, 'receivedAt', ['status', 'memberId', 'serviceCategories']],
  [membersView, 'registeredAt', ['status', 'restricted']],
  [staffView, 'registeredAt', []],
  [subscribersView, 'registeredAt', ['standing']],
  [tokensView, 'issuedAt', ['staffId']],
  [chartersView, 'effectiveFrom', []],
  [closuresView, 'to', []],
  [retentionView, 'endedAt', ['state', 'memberId', 'destructionId']],
  [accessesView, 'at', ['memberId', 'by']],
  [rightsView, 'dueOn', ['memberId', 'kind', 'stage', 'open']],
  [holdsView, 'reviewOn', ['state', 'memberId']],
  [strikeOutsView, 'requestedAt', ['state', 'memberId', 'sessionId', 'requestId']],
  [memberExportsView, 'issuedAt', ['memberId']],
  [lettersView, 'preparedAt', ['standing', 'memberId', 'template', 'sessionId', 'complaintId']],
  [memberLinksView, 'at', []],
  [securityStopsView, 'stoppedAt', ['triage']],
  [processesView, 'dueAt', ['state', 'process']],
  [incidentsView, 'awareAt', ['state']],
  [acknowledgementsView, 'registeredAt', ['standing']],
  [lateRecordingsView, 'recordedAt', ['category', 'memberId']],
  [associationRecordsView, 'from', ['kind']],
  [disclosuresView, 'at', ['recipient', 'memberId']],
  [destructionsView, 'decidedAt', ['status', 'memberId', 'cause', 'reference']],
] as const;
/** Only ever asked with a filter. */
const FILTERED: ReadonlySet<string> = new Set(['credentials', 'retention', 'ruleapplications']);

describe('lists', () => {
  it.each(LISTS.map(([view, order, filters]) => [view.schema.name, view, order, filters] as const))(
    '%s: an index serves the order, alone and behind each filter',
    (_name, { schema }, order, filters) => {
      const indexes = new Set(schema.collections.flatMap(({ indexes: all }) => all.map((index) => index.join())));
      if (!FILTERED.has(schema.name)) expect(indexes).toContain(order);
      for (const filter of filters) expect(indexes).toContain(`${filter},${order}`);
    },
  );

  it('are known for every view', () => {
    expect(LISTS.map(([view]) => view.schema.name).sort()).toEqual(allViews.map(({ schema }) => schema.name).sort());
  });

  it('declare every field that an index names', () => {
    for (const { schema } of allViews)
      for (const { fields, indexes } of schema.collections)
        for (const field of indexes.flat()) expect(Object.keys(fields)).toContain(field);
  });
});
