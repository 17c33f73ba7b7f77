import { accessesView } from './accesses.js';
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
import type { ViewDefinition } from './view.js';

/** Every view of the installation: what the projections run and what `rebuild` knows by name. */
export const allViews: readonly ViewDefinition[] = [
  journalView,
  consentsView,
  complianceView,
  boardView,
  appointmentsView,
  credentialsView,
  securityStopsView,
  followUpsView,
  requestsView,
  membersView,
  staffView,
  tokensView,
  chartersView,
  acknowledgementsView,
  closuresView,
  accessesView,
  rightsView,
  holdsView,
  destructionsView,
  retentionView,
  complaintsView,
  ruleApplicationsView,
  strikeOutsView,
  memberExportsView,
  lettersView,
  lateRecordingsView,
  memberLinksView,
  processesView,
  incidentsView,
  associationRecordsView,
  disclosuresView,
  subscribersView,
];
