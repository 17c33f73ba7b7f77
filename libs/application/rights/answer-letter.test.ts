import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { frenchDate } from '#domain/deadlines/french-date.js';
import { decisions, rightsKinds } from '#domain/rights/events.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import type { RightsDocument } from '#views/rights.js';
import { letterHtml, letterText } from '../documents/letter.js';
import type { Answer } from './answer-data.js';
import { answerLetter, extensionLetter } from './answer-letter.js';
import { keepWords, refusalWords } from './french-words.js';

const date = (day: LocalDate) => frenchDate(day, frenchCivilTime(), { year: true });
const one = (more: Partial<RightsDocument> = {}): RightsDocument => ({
  rightsId: 'r1',
  memberId: 'm1',
  revision: 3,
  kind: 'access',
  channel: 'email',
  receivedAt: '2026-06-02T08:00:00.000Z' as Instant,
  recordedAt: '2026-06-02T08:00:00.000Z' as Instant,
  recordedBy: 'staff-1',
  recordedLate: false,
  minorAlone: false,
  concernsDirector: false,
  stage: 'decided',
  open: true,
  dueOn: '2026-07-02' as LocalDate,
  ...more,
});
const answer = (more: Partial<Omit<Answer, 'letter'>> = {}): Omit<Answer, 'letter'> => ({
  rightsId: 'r1',
  memberId: 'm1',
  kind: 'access',
  decision: 'granted',
  decided: true,
  erased: [],
  kept: [],
  grounds: [],
  reasons: null,
  addressee: { name: { state: 'present', value: 'Ève <Fictive>' }, postalAddress: null },
  ...more,
});
const facts = (more: Partial<Parameters<typeof answerLetter>[1]> = {}) => ({
  one: one(),
  decidedAs: 'director' as const,
  today: '2026-06-10' as LocalDate,
  date,
  ...more,
});

describe('the answer to a rights request [charter:4.3]', () => {
  it.each(rightsKinds.flatMap((kind) => decisions.map((decision) => [kind, decision] as const)))(
    '%s, %s: says so, and names the ways out exactly where something is refused',
    (kind, decision) => {
      const refusal =
        decision === 'granted' ? [] : [{ ground: 'legal-claim' as const, text: refusalWords['legal-claim'] }];
      const letter = answerLetter(answer({ kind, decision, grounds: refusal }), facts({ one: one({ kind }) }));
      const text = letterText(letter);
      expect(text).toContain(decision === 'refused' ? 'Il ne peut pas être donné suite' : 'Il est fait droit');
      expect(text.includes('en partie')).toBe(decision === 'partly');
      expect(text.includes('CNIL')).toBe(decision !== 'granted');
      expect(text).not.toMatch(/undefined|null|\[object/);
    },
  );

  it('tells what is erased, and what is kept with its ground and its end', () => {
    const cell = (label: string) => ({ cell: `m1/${label}`, kind: 'session' as const, label });
    const kept = { ground: 'legal-claim' as const, groundText: keepWords['legal-claim'] };
    const told = answer({
      kind: 'erasure',
      decision: 'partly',
      erased: [cell('l’identité')],
      kept: [
        { ...cell('l’intervention A'), ...kept, until: '2031-06-02' as LocalDate },
        { ...cell('l’intervention B'), ...kept },
      ],
    });
    const text = letterText(answerLetter(told, facts({ one: one({ kind: 'erasure' }) })));
    expect(text).toContain('- l’identité');
    expect(text).toMatch(/l’intervention A : .*au plus tard jusqu’au lundi 2 juin 2031, 24 h/);
    expect(text).toMatch(/l’intervention B : .*jusqu’à ce que ce motif cesse/);
  });

  it('is late when it is, signed by who decided, and a draft before that', () => {
    const late = letterText(answerLetter(answer(), facts({ today: '2026-07-03' as LocalDate, decidedAs: 'delegate' })));
    expect(late).toContain('jeudi 2 juillet 2026 : elle vous parvient en retard');
    expect(late).toContain('Le délégué du Directeur');
    const intime = letterText(answerLetter(answer(), facts({ today: '2026-07-02' as LocalDate })));
    expect(intime).not.toContain('en retard');
    const draft = letterText(answerLetter(answer({ decided: false }), facts({ decidedAs: undefined })));
    expect(draft).toContain('[Projet');
    const concerned = facts({ one: one({ concernsDirector: true }), decidedAs: undefined });
    expect(letterText(answerLetter(answer(), concerned))).toContain('Le Président');
  });

  it('marks what cannot be read, and lets no text be markup', () => {
    const erasedAt = '2026-06-05T08:00:00.000Z' as Instant;
    const gone = { state: 'erased' as const, erasedAt, proof: 'x' };
    const told = answer({
      addressee: { name: gone, postalAddress: null },
      reasons: { state: 'present', value: '<b>' },
    });
    const letter = answerLetter(told, facts());
    expect(letterText(letter)).toContain('[effacé le 2026-06-05]');
    expect(letterHtml(letter)).toContain('&#60;b&#62;');
    expect(letterHtml(answerLetter(answer(), facts()))).toContain('Ève &#60;Fictive&#62;');
  });

  it('an extension tells the new last day and why', () => {
    const extendedAt = '2026-06-20T08:00:00.000Z' as Instant;
    const extension = { extendedAt, dueBefore: '2026-07-02' as LocalDate, reasons: {} as never };
    const extended = one({ dueOn: '2026-09-02' as LocalDate, extension });
    const { addressee } = answer();
    const reasons = { state: 'present' as const, value: 'Dossier ancien.' };
    const text = letterText(extensionLetter({ reasons, addressee }, extended, date));
    for (const words of ['mercredi 2 septembre 2026, 24 h', 'samedi 20 juin 2026', 'Dossier ancien.'])
      expect(text).toContain(words);
  });
});
