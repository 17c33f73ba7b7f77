import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { MemberRegistered, RepresentativeRecorded } from '#domain/member/events.js';
import { ConsentGiven } from '#domain/session/events-consent.js';
import { deviationCodes } from '#domain/shared/deviation.js';
import { SubscriberRegistered } from '#domain/subscriber/events.js';
import { event, jsonSchemaOf } from '#kernel/define-event.js';
import type { CellId } from '#kernel/sealed.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import { declaredEvents } from '#testing/declared-events.js';
import { metaOf, sealedEvent } from '#testing/sealed-event.js';
import { memoryVault, storyteller } from '#testing/view-story.js';
import { categoryWords } from './category-words.js';
import { codeWords } from './code-words.js';
import { eventWords } from './event-words.js';
import { exportText, type MemberExport, memberExportJsonSchema, memberExportSchema } from './export-data.js';
import { fieldWords } from './field-words.js';
import { MASK, masker } from './mask.js';
import { cellsIn, openExport, readSealed, type SealedExport, sealedText } from './sealed-export.js';

/** References and marks of the machinery: in the JSON, not on the page. */
const MACHINERY = new Set([
  ...['lintWarnings', 'evidenceRef', 'scriptVersion', 'toolSessionRef', 'otherTool', 'replaces', 'reference'],
  ...[
    'ownSession',
    'evidence',
    'opening',
    'clocks',
    'cells',
    'kept',
    'stores',
    'erase',
    'keep',
    'tooLate',
    'beyondCharter',
  ],
]);
const isMachinery = (name: string): boolean => MACHINERY.has(name) || /(Ids?|Sha256|sha256|Revision)$/.test(name);

describe('the words of a copy', () => {
  it('are there for every event about a member, and for each of its fields, whatever the aggregate', async () => {
    const about = (await declaredEvents()).filter(({ definition }) => 'memberId' in definition.data);
    expect(about.length).toBeGreaterThan(70);
    const missing = about.flatMap(({ definition: { type, data } }) => [
      ...(type in eventWords ? [] : [type]),
      ...Object.entries(data).flatMap(([name, field]) =>
        name in fieldWords || (isMachinery(name) && !field.personal) ? [] : [`${type}.${name}`],
      ),
    ]);
    expect(missing).toEqual([]);
  });

  it('are there for every code and every category, so that no English is left on the page', async () => {
    const about = (await declaredEvents()).map(({ definition }) => definition).filter(({ data }) => 'memberId' in data);
    const codes = about.flatMap((definition) => codesIn(jsonSchemaOf(definition)));
    expect(codes.length).toBeGreaterThan(150);
    expect(codes.filter((one) => !(one in codeWords) && !(deviationCodes as readonly string[]).includes(one))).toEqual(
      [],
    );
    const categories = about.flatMap(({ data }) =>
      Object.values(data).flatMap(({ personal }) => personal?.category ?? []),
    );
    expect(categories.filter((one) => !(one in categoryWords))).toEqual([]);
  });
});

/** Values of the closed lists in a schema. */
function codesIn(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = (schema as { readonly enum?: readonly string[] }).enum ?? [];
  return [...own, ...Object.values(schema).flatMap((part) => (part === own ? [] : codesIn(part)))];
}

const registered = sealedEvent(
  MemberRegistered,
  event(MemberRegistered, { memberId: 'm1', membershipNumber: 'A-1', name: 'Ada', status: 'active', minor: false }),
  metaOf('member-m1', 0),
);
const represented = sealedEvent(
  RepresentativeRecorded,
  event(RepresentativeRecorded, {
    memberId: 'm1',
    representativeId: 'p1',
    capacity: 'spouse',
    name: 'Tiers',
    basis: 'Là',
  }),
  metaOf('member-m1', 1),
);
const consent = (representativeId?: string) =>
  sealedEvent(
    ConsentGiven,
    event(ConsentGiven, {
      sessionId: 's1',
      memberId: 'm1',
      charterVersionId: 'v1',
      mode: 'oral',
      givenAt: '2026-06-02T08:00:00.000Z' as Instant,
      statements: { backup: true, authorise: true, bestEfforts: true, eightDays: true },
      signatureMethod: 'oral-attestation',
      signerName: 'Quelqu’un',
      collectedBy: 'staff-2',
      validOn: '2026-06-02' as LocalDate,
      flags: [],
      ...(representativeId === undefined ? {} : { representativeId }),
    }),
    metaOf('session-s1', 0, { actor: 'staff-1' }),
  );

describe('masking third persons [charter:4.3]', () => {
  const masked = () => masker({ staffIds: new Set(['staff-1', 'staff-2']), fields: new Set() });

  it('gives people of the association one pseudonym each, wherever they stand', () => {
    const { actor, data } = masked();
    expect([actor('staff-1'), actor('system')]).toEqual(['membre de l’équipe 1', 'le logiciel']);
    expect(data(consent()).collectedBy).toBe('membre de l’équipe 2');
    expect(actor('staff-1')).toBe('membre de l’équipe 1');
    expect(actor('gone-since')).toBe('membre de l’équipe 3');
  });

  it('hides a representative, and who signed in the member’s place; the member’s own name stays', () => {
    const { data } = masked();
    expect(data(represented)).toMatchObject({ name: MASK, basis: MASK, capacity: 'spouse' });
    expect(data(consent('p1')).signerName).toEqual(MASK);
    expect(data(consent()).signerName).toHaveProperty('$sealed');
    expect(data(registered).name).toHaveProperty('$sealed');
  });

  it('hides the texts that are named, and no others', () => {
    const place = `${registered.meta.eventId}.name`;
    const { data } = masker({ staffIds: new Set(), fields: new Set([place, 'nothing.name']) });
    expect(data(registered)).toMatchObject({ name: MASK, membershipNumber: { $sealed: {} } });
  });
});

describe('a copy as it is kept', () => {
  const time = frenchCivilTime();
  const sealed = {
    format: 'temoin-sealed-export/1',
    exportId: 'x1',
    memberId: 'm1',
    about: { recipients: ['Dedans.', 'Aucun transfert.'] },
    records: [{ kind: 'member', reference: 'm1', events: [{ data: registered.data }] }],
    identity: { name: registered.data.name },
  } as unknown as SealedExport;

  it('knows the cells of its values, and is read back as it was written', () => {
    expect([...cellsIn(sealed)]).toEqual(['m1/identity']);
    expect(readSealed(sealedText(sealed))).toEqual(sealed);
  });

  it('with a value out of reach is no copy: unreadable is never taken for erased', async () => {
    const elsewhere = memoryVault();
    expect(await openExport(elsewhere, sealed, time)).toMatchObject({ state: 'unreadable' });
    await elsewhere.destroy('m1' as CellId, { destroyedAt: '2026-06-02T08:00:00.000Z' as Instant, proof: 'x' });
    expect(await openExport(elsewhere, sealed, time)).toMatchObject({ state: 'whole' });
  });

  it('names who is, or was, given the feed, once it is opened and for as long as the name is kept [charter:4.2b]', async () => {
    const vault = memoryVault();
    const tell = storyteller([SubscriberRegistered], vault);
    const one = event(SubscriberRegistered, {
      subscriberId: 'a1',
      subscriberName: 'Fédération Exemple',
      subscriberPurpose: 'statistiques',
      address: 'https://abonne.exemple.fr/',
      topics: ['session', 'complaint'],
      agreementOn: '2026-05-01' as LocalDate,
    });
    const [told] = await tell('subscriber-a1', '2026-06-02T08:00:00.000Z', one);
    const { subscriberName: name, subscriberPurpose: purpose, topics, agreementOn } = (told?.event.data ?? {}) as never;
    const subscribers = [{ name, purpose, topics, agreementOn, endedOn: '2026-06-30' as LocalDate }];
    const copy = { ...sealed, identity: {}, records: [], subscribers };
    expect(JSON.stringify(copy)).not.toContain('Fédération');
    expect([...cellsIn(copy)]).toEqual(['a1/identity']);
    const recipients = async () => {
      const opened = await openExport(vault, copy, time);
      return opened.state === 'whole' ? opened.exported.about.recipients : opened.fault;
    };
    expect(await recipients()).toEqual([
      'Dedans.',
      'Fédération Exemple (statistiques), abonné aux événements par un accord du vendredi 1er mai 2026, jusqu’au mardi 30 juin 2026 : identifiants, dates et codes sur les interventions, les réclamations, sans nom ni texte.',
      'Aucun transfert.',
    ]);
    expect(await openExport(memoryVault(), copy, time)).toMatchObject({ state: 'unreadable' });
    await vault.destroy('a1/identity' as CellId, { destroyedAt: '2027-07-01T08:00:00.000Z' as Instant, proof: 'x' });
    expect(await recipients()).toEqual(['Dedans.', 'Aucun transfert.']);
  });

  it.each(['', '{', 'null', '[]', '{"format":"other"}', '"text"'])('takes %j for no copy', (text) => {
    expect(readSealed(text)).toBeUndefined();
  });
});

describe('the schema of a copy', () => {
  const exported: MemberExport = {
    format: 'temoin-member-export/1',
    exportId: 'x1',
    memberId: 'm1',
    issuedAt: '2026-06-02T08:00:00.000Z',
    expiresAt: '2026-07-02T08:00:00.000Z',
    upTo: null,
    about: { purposes: [], categories: [], recipients: [], periods: [], source: '', rights: [] },
    identity: { name: { erased: { at: '2026-06-02T08:00:00.000Z', proof: 'x' } } },
    records: [],
  };

  it('takes what is given and nothing more', () => {
    expect(memberExportSchema.parse(JSON.parse(exportText(exported)))).toEqual(exported);
    expect(memberExportSchema.safeParse({ ...exported, more: 1 }).success).toBe(false);
    expect(memberExportSchema.safeParse({ ...exported, identity: { name: { state: 'present' } } }).success).toBe(false);
    const schema = memberExportJsonSchema();
    expect(schema.additionalProperties).toBe(false);
    expect(schema.required).toEqual(expect.arrayContaining(['about', 'identity', 'records']));
  });
});
