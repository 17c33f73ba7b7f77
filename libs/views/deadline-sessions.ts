import { fallbackParameters } from '#domain/charter/parameters.js';
import { clockRule } from '#domain/deadlines/clocks.js';
import { deadline } from '#domain/deadlines/deadline.js';
import { openCredentials } from './credentials.js';
import type { DeadlineSource } from './deadline-line.js';
import { computed, type SourceDeps } from './deadline-sources.js';
import { equals, findAll } from './query.js';
import { type SecurityStopDocument, securityStopsView } from './security-stops.js';

/** Temporary passwords and accounts: to be changed or removed, and that confirmed, within days of their use (5.1 b–c). */
export async function credentialDeadlines({ viewStore, calendar }: SourceDeps): Promise<readonly DeadlineSource[]> {
  const open = await openCredentials({ viewStore });
  const rule = clockRule('credential-change', fallbackParameters);
  return open.map(
    ({ credentialId: id, memberId, usedAt }): DeadlineSource => ({
      ...computed(rule, usedAt, calendar),
      kind: 'credential',
      id,
      memberId,
      owner: 'SupportLead',
    }),
  );
}

/** Running hours from the stop: whether data may have been touched is answered before anything else follows (7.3 b). */
export async function triageDeadlines({ viewStore, calendar, now }: SourceDeps): Promise<readonly DeadlineSource[]> {
  const open = await findAll<SecurityStopDocument>(viewStore, securityStopsView.schema, {
    collection: 'stops',
    where: equals({ triage: 'open' }),
    orderBy: { field: 'stoppedAt', direction: 'asc' },
  });
  const rule = clockRule('breach-triage', fallbackParameters);
  return open.map(({ sessionId: id, memberId, stoppedAt }): DeadlineSource => {
    const { endsAt } = deadline(rule, stoppedAt, calendar);
    const over = endsAt <= now ? ({ over: true } as const) : {};
    const told = computed(rule, stoppedAt, calendar);
    return { ...told, kind: 'security-stop', id, memberId, owner: 'SupportLead', endsAt, ...over };
  });
}
