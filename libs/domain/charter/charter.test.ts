import fc from 'fast-check';
import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { sha256OfText } from '#application/facts/charter.js';
import { isRefusal } from '#kernel/refusal.js';
import { type Instant, type LocalDate, toInstant } from '#kernel/time.js';
import { exampleCharter } from '#testing/charters.js';
import { given } from '#testing/given.js';
import { charter } from './charter.js';
import type { PublishCharter } from './commands.js';
import type { CharterFacts } from './decide.js';
import type { CharterEvent } from './events.js';
import { initialCharter, versionInForce } from './state.js';

const time = frenchCivilTime();
const at = (text: string): Instant => toInstant(text) as Instant;
const day = (text: string): LocalDate => text as LocalDate;
const factsFor = (text: string, now = '2026-01-10T10:00:00+01:00'): CharterFacts => ({
  now: at(now),
  actor: { staffId: 'director-1', roles: ['Director'] },
  time,
  textSha256: sha256OfText(text),
});
const publish = (over: Partial<PublishCharter> = {}): PublishCharter => ({
  type: 'PublishCharter',
  charterVersionId: 'v1',
  effectiveFrom: day('2026-01-01'),
  text: exampleCharter,
  parameters: {},
  acceptedMissing: [],
  ...over,
});
const eventsOf = (
  command: PublishCharter,
  past: readonly CharterEvent[] = [],
  now?: string,
): readonly CharterEvent[] => {
  const { answer } = given(charter, ...past).when(command, factsFor(command.text, now));
  if (isRefusal(answer)) throw new Error(`refused: ${answer.code} ${JSON.stringify(answer.pointers)}`);
  return answer;
};
const v1 = eventsOf(publish());
const longer = exampleCharter.replace('une heure', 'deux heures').replace('par courriel ou sur le site', 'par lettre');
const second = publish({ charterVersionId: 'v2', text: longer, effectiveFrom: day('2026-03-01') });

describe('publishing a version of the charter', () => {
  it('keeps the exact text, its hash, its parts and its parameters [charter:10.2]', () => {
    expect(v1).toHaveLength(1);
    expect(v1[0]?.data).toMatchObject({
      text: exampleCharter,
      textSha256: sha256OfText(exampleCharter),
      publishedAt: '2026-01-10T09:00:00.000Z',
      acceptedMissing: [],
      parameters: { sessionMinutes: 60, openingDays: [1, 2, 3, 4, 5], opensAt: '09:00', complaintWindowDays: 8 },
    });
    expect(v1[0]?.type === 'CharterPublished' && v1[0].data.articles).toHaveLength(28);
  });

  it('keeps a text with form feeds, carriage returns and byte-order mark to the letter [charter:10.2]', () => {
    const text = `\ufeff${exampleCharter.replaceAll('\n', '\r\n').replace('Article 4.1', '\fArticle 4.1')}`;
    expect(eventsOf(publish({ text }))[0]?.data).toMatchObject({ text, acceptedMissing: [] });
  });

  it('is satisfied by the same command twice, and refuses another text under the same id [charter:10.2]', () => {
    given(charter, ...v1)
      .when(publish(), factsFor(exampleCharter))
      .then([]);
    given(charter, ...v1)
      .when(publish({ text: longer }), factsFor(longer))
      .then({ code: 'charter-version-exists', rule: 'charter:10.2' });
  });

  it('refuses the same text again, an effective date out of order, and one that reaches back [charter:10.2]', () => {
    given(charter, ...v1)
      .when({ ...second, text: exampleCharter }, factsFor(exampleCharter))
      .then({ code: 'charter-text-unchanged', rule: 'charter:10.2' });
    given(charter, ...v1)
      .when({ ...second, effectiveFrom: day('2026-01-01') }, factsFor(longer))
      .then({ code: 'charter-effective-date-order', rule: 'charter:10.2' });
    given(charter, ...v1)
      .when({ ...second, effectiveFrom: day('2026-01-09') }, factsFor(longer))
      .then({ code: 'charter-retroactive', rule: 'charter:10.2' });
    expect(eventsOf(second, v1)[0]?.data).toMatchObject({ parameters: { sessionMinutes: 120 } });
  });

  const without = exampleCharter
    .replace(/^ ?Article 4\.4[\s\S]*?(?=^5\. )/m, '')
    .replace('passé 8 jours', 'passé 9 jours');
  const ids = ['parameter-conflict:complaintWindowDays', 'article-missing:4.4'];

  it('reports every problem by name until each is accepted [charter:10.2]', () => {
    const refused = given(charter).when(
      publish({ text: without, acceptedMissing: ids.slice(0, 1) }),
      factsFor(without),
    );
    refused.then({ code: 'charter-incomplete', rule: 'charter:10.2' });
    const { answer } = given(charter).when(publish({ text: without }), factsFor(without));
    expect(isRefusal(answer) && answer.pointers.map(({ detail }) => detail.split(' :')[0])).toEqual(ids);
    expect(
      eventsOf(publish({ text: without, acceptedMissing: [...ids, 'article-missing:1.1'] }))[0]?.data,
    ).toMatchObject({
      acceptedMissing: ids,
      parameters: { complaintWindowDays: 8 },
    });
  });

  it('takes a value where the text has none or two, never one against the text [charter:10.2]', () => {
    const settled = publish({ text: without, acceptedMissing: ids, parameters: { complaintWindowDays: 9 } });
    expect(eventsOf(settled)[0]?.data).toMatchObject({ parameters: { complaintWindowDays: 9 } });
    given(charter)
      .when(publish({ parameters: { sessionMinutes: 90 } }), factsFor(exampleCharter))
      .then({ code: 'charter-parameter-contradicts-text', rule: 'charter:10.2' });
    given(charter)
      .when({ ...settled, parameters: { complaintWindowDays: 0 } }, factsFor(without))
      .then({ code: 'charter-parameters-invalid' });
  });

  it('refuses what is no text [charter:10.2]', () => {
    for (const text of ['', ' \n', 'a\u0000b', '\ud800'])
      given(charter).when(publish({ text }), factsFor('x')).then({ code: 'charter-text-unreadable' });
  });

  it('never fails, whatever the text, once its problems are accepted [charter:10.2]', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }), (junk) => {
        const text = `${exampleCharter.slice(0, 3000)}\n${junk}`;
        const { answer } = given(charter).when(publish({ text }), factsFor(text));
        if (!isRefusal(answer) || answer.code === 'charter-text-unreadable') return;
        const acceptedMissing = answer.pointers.map(({ detail }) => detail.split(' : ')[0] ?? '');
        expect(eventsOf(publish({ text, acceptedMissing }))).toHaveLength(1);
      }),
      { numRuns: 30 },
    );
  });
});

describe('the version in force', () => {
  it('is the last one whose date has come [charter:P.3]', () => {
    const { state } = given(charter, ...v1, ...eventsOf(second, v1));
    const inForce = (date: string) => versionInForce(state, day(date))?.charterVersionId;
    expect([inForce('2025-12-31'), inForce('2026-01-01'), inForce('2026-02-28'), inForce('2026-03-01')]).toEqual([
      undefined,
      'v1',
      'v1',
      'v2',
    ]);
    expect(versionInForce(initialCharter, day('2026-01-01'))).toBeUndefined();
  });
});

describe('making a version known', () => {
  const notify = {
    type: 'NotifyCharter' as const,
    charterVersionId: 'v2',
    channel: 'email' as const,
    notifiedOn: day('2026-01-10'),
  };
  const past = [...v1, ...eventsOf(second, v1)];

  it('goes by the channels of the charter accepted before [charter:10.2]', () => {
    given(charter, ...past)
      .when({ ...notify, channel: 'post' }, factsFor('x'))
      .then({ code: 'amendment-channel-not-allowed', rule: 'charter:10.2' });
    const answer = given(charter, ...past).when(notify, factsFor('x'));
    expect(answer.answer).toMatchObject([{ type: 'CharterNotified', data: { channel: 'email' } }]);
    given(charter, ...past, ...(answer.answer as CharterEvent[]))
      .when(notify, factsFor('x'))
      .then([]);
  });

  it('is a fact of a version that exists, not of the future [charter:10.2]', () => {
    given(charter).when(notify, factsFor('x')).then({ code: 'charter-version-unknown' });
    given(charter, ...past)
      .when({ ...notify, notifiedOn: day('2026-01-11') }, factsFor('x'))
      .then({ code: 'date-in-future' });
  });
});
