import { accessesView } from '#views/accesses.js';
import { appointmentsView } from '#views/appointments.js';
import { boardView } from '#views/board.js';
import { chartersView } from '#views/charters.js';
import { closuresView } from '#views/closures.js';
import { complianceView } from '#views/compliance.js';
import { consentsView } from '#views/consents.js';
import { credentialsView } from '#views/credentials.js';
import { membersView } from '#views/members.js';
import { requestsView } from '#views/requests.js';
import { staffView } from '#views/staff.js';
import { tokensView } from '#views/tokens.js';
import type { ViewDefinition } from '#views/view.js';

/** Every view of the installation. */
export const views: readonly ViewDefinition[] = [
  accessesView,
  appointmentsView,
  boardView,
  chartersView,
  closuresView,
  complianceView,
  consentsView,
  credentialsView,
  membersView,
  requestsView,
  staffView,
  tokensView,
];
