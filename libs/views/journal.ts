import type { SealedSessionEvent } from '#domain/session/events.js';
import { changesOf, collection, textOf } from './change.js';
import type { JournalDocument } from './journal-document.js';
import { foldJournal } from './journal-fold.js';
import type { ViewDefinition } from './view.js';

/** The support journal of article 8.1: one entry per session. */
export const journalView: ViewDefinition = {
  schema: {
    name: 'journal',
    version: 5,
    collections: [
      collection(
        'sessions',
        {
          startedAt: 'text',
          status: 'text',
          outcome: 'text',
          memberId: 'text',
          technicianId: 'text',
          categories: 'texts',
          deviations: 'texts',
        },
        [
          ['startedAt'],
          ['status', 'startedAt'],
          ['outcome', 'startedAt'],
          ['memberId', 'startedAt'],
          ['technicianId', 'startedAt'],
          ['categories', 'startedAt'],
          ['deviations', 'startedAt'],
        ],
      ),
    ],
  },
  streamPrefixes: ['session-'],
  changes: changesOf<JournalDocument, SealedSessionEvent>(
    'sessions',
    (event) => textOf(event.data, 'sessionId'),
    foldJournal,
  ),
};
