import type { Instant } from '#kernel/time.js';
import type { ViewStore } from '#ports/view-store/view-store.js';
import { memoryVault, type Placed, project, storyteller } from '#testing/view-story.js';
import { appointmentsView } from './appointments.js';
import { associationRecordsView } from './association-records.js';
import { boardView } from './board.js';
import { chartersView } from './charters.js';
import { closuresView } from './closures.js';
import { complianceView } from './compliance.js';
import { consentsView } from './consents.js';
import { credentialsView } from './credentials.js';
import * as story from './example-story.test-data.js';
import { followUpsView } from './follow-ups.js';
import { journalView } from './journal.js';
import { membersView } from './members.js';
import { processesView } from './processes.js';
import { requestsView } from './requests.js';
import { retentionView } from './retention.js';
import { securityStopsView } from './security-stops.js';
import { staffView } from './staff.js';
import type { ViewDefinition } from './view.js';

const { at } = story;
const VIEWS = [
  journalView,
  consentsView,
  complianceView,
  boardView,
  appointmentsView,
  credentialsView,
  requestsView,
  membersView,
  chartersView,
  closuresView,
  followUpsView,
  staffView,
  associationRecordsView,
  securityStopsView,
  processesView,
  retentionView,
] satisfies readonly ViewDefinition[];

/** Views that have seen the story up to the consent, and the means to tell them more. */
export async function setUp() {
  const vault = memoryVault();
  const tell = storyteller(story.declarations, vault);
  const before = [
    ...(await tell('charter-association', at('06:00'), story.charterPublished)),
    ...(await tell('member-m1', at('06:10'), story.registered('m1', 'Ada Exemple'))),
    ...(await tell('request-r1', at('06:30'), ...story.requestEventsOfStory)),
    ...(await tell('session-r1.1', at('06:50'), story.consentGiven)),
  ];
  let viewStore: ViewStore | undefined;
  const see = async (events: readonly Placed[]) => {
    for (const view of VIEWS) viewStore = await project(view, events, viewStore);
  };
  await see(before);
  const deps = (now: string | Instant = at('08:00')) => {
    if (viewStore === undefined) throw new TypeError('nothing was projected');
    return { viewStore, opener: vault, now: now as Instant };
  };
  const session = async (recordedAt: string, ...events: Parameters<typeof tell>[2][]) => {
    const placed = await tell('session-r1.1', recordedAt, ...events);
    await see(placed);
    return placed;
  };
  return { vault, tell, see, deps, session };
}
