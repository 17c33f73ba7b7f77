import type { ParameterEvidence } from './evidence.js';
import { clockRanges, clockText, openingDaysIn } from './opening-hours.js';
import type { AmendmentChannel, CharterParameters, ParameterName } from './parameters.js';
import { daysIn, durationsIn, monthsIn, type Reading } from './quantities.js';
import { type Sentence, wordsAt } from './sentences.js';

/** How a parameter is found: in its own article, or elsewhere in a sentence that speaks of the same thing. */
interface Source {
  readonly article: string;
  /** What a sentence elsewhere must say to count; undefined: only the article counts. */
  readonly elsewhere: RegExp | undefined;
  readonly read: (key: string) => readonly Reading<CharterParameters[ParameterName]>[];
}

const opening = /intervention|horaire|ouvert|session|permanence/;

const sources: Readonly<Record<ParameterName, Source>> = {
  sessionMinutes: {
    article: '7.2',
    elsewhere: /^(?=.*(?:intervention|session|prise de controle))(?=.*(?:limit|dure|maxim|au plus|exced|depass))/,
    read: durationsIn,
  },
  openingDays: { article: '7.2', elsewhere: opening, read: (key) => (mayOpen(key) ? listed(openingDaysIn(key)) : []) },
  opensAt: { article: '7.2', elsewhere: opening, read: (key) => times(key, 'opens') },
  closesAt: { article: '7.2', elsewhere: opening, read: (key) => times(key, 'closes') },
  complaintWindowDays: { article: '9.1', elsewhere: /reclam|contest|mecontent/, read: daysIn },
  outerLimitMonths: { article: '9.3', elsewhere: /reclam|contest|prescri/, read: monthsIn },
  journalRetentionMonths: {
    article: '8.1',
    elsewhere: /^(?=.*(?:journal|enregistre|donnees))(?=.*(?:conserv|archiv|gard))/,
    read: monthsIn,
  },
  amendmentChannels: { article: '10.2', elsewhere: undefined, read: (key) => listed(channelsIn(key)) },
};

export const parameterNames = Object.keys(sources) as readonly ParameterName[];

/** The article that a parameter is looked for in first. */
export const articleOf = (name: ParameterName): string => sources[name].article;

const ownArticles = new Set(Object.values(sources).map(({ article }) => article));

export function readings(name: ParameterName, sentences: readonly Sentence[]): readonly ParameterEvidence[] {
  const { article, elsewhere, read } = sources[name];
  const found = sentences.flatMap((sentence) => {
    const own = sentence.where === article;
    // A length of time in the article of another parameter is that one's.
    if (!own && (ownArticles.has(sentence.where) || !elsewhere?.test(sentence.key))) return [];
    return read(sentence.key).map(({ value, at, length }) => ({
      where: sentence.where,
      words: wordsAt(sentence, at, length),
      sentence: sentence.text,
      value,
    }));
  });
  return name === 'amendmentChannels' ? united(found) : found;
}

/** Exceptions are no opening hours. */
const mayOpen = (key: string): boolean => !/exceptionnel/.test(key) || /normaux|habituel/.test(key);

const times = (key: string, end: 'opens' | 'closes'): readonly Reading<string>[] =>
  mayOpen(key) ? clockRanges(key).map((one) => ({ value: clockText(one[end]), at: one.at, length: one.length })) : [];

const listed = <V>(reading: Reading<V> | undefined): readonly Reading<V>[] => (reading ? [reading] : []);

const channelWords: readonly (readonly [AmendmentChannel, RegExp])[] = [
  ['email', /\bcourriels?\b|\be-?mails?\b|\bmels?\b|\bmails?\b|courriers? electroniques?|messages? electroniques?/],
  ['site', /\bsites?\b(?: (?:internet|web))?/],
  ['post', /\bcourriers?\b(?! electronique)|\blettres?\b|voie postale/],
];

function channelsIn(key: string): Reading<readonly AmendmentChannel[]> | undefined {
  const matches = channelWords.flatMap(([channel, words]) => {
    const match = words.exec(key);
    return match ? [{ channel, at: match.index, end: match.index + match[0].length }] : [];
  });
  if (matches.length === 0) return undefined;
  const at = Math.min(...matches.map((match) => match.at));
  return { value: matches.map(({ channel }) => channel), at, length: Math.max(...matches.map(({ end }) => end)) - at };
}

/** Channels named in several sentences are all allowed: together they are one value. */
function united(found: readonly ParameterEvidence[]): readonly ParameterEvidence[] {
  const all = new Set(found.flatMap(({ value }) => value as readonly AmendmentChannel[]));
  const value = channelWords.flatMap(([channel]) => (all.has(channel) ? [channel] : []));
  return found.map((one) => ({ ...one, value }));
}
