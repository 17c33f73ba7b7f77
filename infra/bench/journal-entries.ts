import { randomUUID } from 'node:crypto';
import type { CellId } from '#kernel/sealed.js';
import type { Vault } from '#vault/vault.js';
import type { JournalDocument } from '#views/journal-document.js';
import { type Random, seeded } from '../crash/random.js';

/**
 * Invented journal entries of the usual length: a problem, both states, four actions, two diagnoses, an explanation and
 * recommendations, about 140 words, drawn from a vocabulary as unevenly as a language does (Zipf).
 */
export function journalEntries(vault: Vault, seed = 20_260_602) {
  const random = seeded(seed);
  const vocabulary = Array.from({ length: 8000 }, () => word(random));
  const some = (count: number) => Array.from({ length: count }, () => vocabulary[zipf(random, vocabulary.length)]);
  const text = (count: number) => `${some(count).join(' ')} ${random.below(100_000)}.`;

  async function entry(number: number): Promise<JournalDocument> {
    const [memberId, sessionId] = [`m${number % 400}`, `r${number}.1`];
    const noted: { readonly eventId: string; readonly field: string; readonly value: unknown }[] = [];
    const note = (field: string, value: unknown) => noted.push({ eventId: randomUUID(), field, value }) - 1;
    const problem = note('problem', text(12));
    const before = note('state', text(10));
    const actions = Array.from({ length: 4 }, () => note('description', text(12)));
    const diagnoses = Array.from({ length: 2 }, () => note('text', text(15)));
    const explanation = note('text', text(15));
    const recommendations = note('recommendations', [text(10), text(10), text(10)]);
    const after = note('state', text(10));
    const results = await vault.seal(
      noted.map(({ eventId, field, value }) => ({
        at: { stream: `session-${sessionId}`, eventId, type: 'Noted', version: 1, path: field },
        cell: `${memberId}/session:${sessionId}` as CellId,
        value,
      })),
    );
    const sealed = (index: number) => {
      const result = results[index];
      return { eventId: noted[index]?.eventId, sealed: result?.outcome === 'sealed' ? result.sealed : undefined };
    };
    const as = (index: number, field: string) => {
      const { eventId, sealed: value } = sealed(index);
      return { eventId, [field]: value };
    };
    return {
      sessionId,
      memberId,
      technicianId: `t${number % 6}`,
      revision: 20,
      startedAt: new Date(Date.UTC(2026, 0, 1) + number * 3_600_000).toISOString(),
      deviations: [],
      deviationDetails: [],
      corrections: [],
      problem: as(problem, 'problem'),
      stateBefore: as(before, 'state'),
      stateAfter: as(after, 'state'),
      actions: actions.map((one) => as(one, 'description')),
      diagnoses: diagnoses.map((one) => as(one, 'text')),
      explanations: [as(explanation, 'text')],
      memberQuestions: [],
      recommendations: as(recommendations, 'recommendations'),
    } as unknown as JournalDocument;
  }
  return { entry, vocabulary };
}

const SYLLABLES =
  'ba be bi bo bu ca ce ci co cu da de di do du fa fe fi fo la le li lo lu ma me mi mo na ne pa pe po ra re ri ro sa se si so ta te ti to va ve vi é è ou eur tion ment age able iste'.split(
    ' ',
  );
const word = (random: Random): string =>
  Array.from({ length: 2 + random.below(3) }, () => random.pick(SYLLABLES)).join('');
/** A rank from 0, the n-th drawn about n times less often than the first. */
const zipf = (random: Random, size: number): number =>
  Math.min(size - 1, Math.floor(Math.exp((random.below(1_000_000) / 1_000_000) * Math.log(size + 1))) - 1);
