import fc from 'fast-check';
import { charters } from '#testing/charters.js';
import { parseCharter } from './parse-charter.js';
import { clearParameters, proposeParameters } from './proposal.js';
import { rules } from './rules.js';

const expected = {
  sessionMinutes: 60,
  ...{ openingDays: [1, 2, 3, 4, 5], opensAt: '09:00', closesAt: '17:00' },
  complaintWindowDays: 8,
  outerLimitMonths: 12,
  journalRetentionMonths: 12,
  amendmentChannels: ['email', 'site'],
};
const idsOf = (text: string): readonly string[] => proposeParameters(parseCharter(text)).problems.map(({ id }) => id);

describe.each(charters())('%s', (_, text) => {
  const structure = parseCharter(text);

  it('has every article that a rule refers to, the form and the annex [charter:P.3]', () => {
    expect(structure.articles.map(({ number }) => number)).toEqual(
      '1.1 1.2 2.1 2.2 2.3 3.1 3.2 3.3 4.1 4.2 4.3 4.4 5.1 5.2 6.1 6.2 6.3 7.1 7.2 7.3 8.1 8.2 9.1 9.2 9.3 10.1 10.2 11'.split(
        ' ',
      ),
    );
    expect(structure.articles.every(({ title, text: body }) => title.length > 3 && body.length > 20)).toBe(true);
    expect(structure.articles[0]?.text.match(/^• /gm)).toHaveLength(6);
    expect(structure.statements).toHaveLength(4);
    expect(structure.recommendations.map(({ phase }) => phase)).toEqual(
      ['before', 'during', 'after'].flatMap((phase) => [phase, phase, phase]),
    );
    expect(structure.preamble).toContain('RealVNC');
    expect(structure.articles.at(-1)?.text).not.toMatch(/Signature/);
  });

  it('gives every parameter once, with the words that say so, and no problem [charter:7.2a] [charter:7.2b] [charter:8.1f] [charter:9.1] [charter:9.3] [charter:10.2]', () => {
    const proposal = proposeParameters(structure);
    expect(proposal.problems).toEqual([]);
    expect(clearParameters(proposal)).toEqual(expected);
    for (const { evidence } of proposal.parameters)
      for (const { words, sentence } of evidence) {
        expect(words).not.toBe('');
        expect(sentence).toContain(words);
      }
  });

  it('reads the same whatever the typography and the line ends [charter:10.2]', () => {
    const spellings: readonly ((text: string) => string)[] = [
      (t) => `\ufeff${t}`,
      (t) => t.replaceAll(/\r\n?|\n/g, '\r\n'),
      (t) => t.replaceAll(/\r\n?|\n/g, '\r'),
      (t) => t.replaceAll('’', "'"),
      (t) => t.replaceAll("'", '’'),
      (t) => t.replaceAll('–', '-'),
      (t) => t.replaceAll('–', '—'),
      (t) => t.replaceAll(/(Article \d+\.\d+) –/g, '$1 :'),
      (t) => t.replaceAll('Article ', 'ARTICLE '),
      (t) => t.replaceAll('Article ', 'Art. '),
      (t) => t.replaceAll(/ /g, '\u00a0'),
      (t) => t.replaceAll(/^(?=.)/gm, '   '),
      (t) => t.replaceAll(/\r\n|\r|\n/g, ' \t$&'),
      (t) => t.replaceAll(/\n (?=\d|Article)/g, '\n\f'),
      (t) => t.replaceAll('fi', 'ﬁ').replaceAll('fl', 'ﬂ'),
      (t) => t.normalize('NFD'),
      (t) => t.replaceAll('☐', '[ ]'),
      (t) => t.replaceAll('☐', '□'),
      (t) => t.replaceAll('• ', '- '),
      (t) => t.replaceAll('• ', '·\u00a0'),
      (t) => t.replaceAll('• ☐', '☐'),
      (t) => t.replaceAll(/\n\n• /g, '\n• '),
      (t) => t.replaceAll('\n\n', '\n\n\n'),
      (t) => t.replaceAll(/\n(?= ?\d+\. )/g, '\nPage 3 / 9\n'),
      (t) => t.replaceAll(/(\p{L}{4})(?=\p{L}{4})/gu, '$1\u00ad'),
    ];
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...spellings), { minLength: 1, maxLength: 4 }), (chosen) => {
        const spelled = parseCharter(chosen.reduce((t, spell) => spell(t), text));
        expect(proposeParameters(spelled).problems).toEqual([]);
        expect(clearParameters(proposeParameters(spelled))).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('wrapped otherwise says the same [charter:10.2]', () => {
    fc.assert(
      fc.property(fc.integer({ min: 45, max: 200 }), (width) => {
        const wrapped = parseCharter(rewrap(text, width));
        expect(proposeParameters(wrapped).problems).toEqual([]);
        expect(clearParameters(proposeParameters(wrapped))).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  const wanted = [...new Set(rules.map(({ source }) => source).filter((source) => /^\d/.test(source)))];
  it.each(wanted)('without article %s is reported by that name, with its rules [charter:10.2]', (number) => {
    const { problems } = proposeParameters(parseCharter(withoutArticle(text, number)));
    const found = problems.find(({ id }) => id === `article-missing:${number}`);
    expect(found?.rules).toEqual(rules.filter(({ source }) => source === number).map(({ id }) => id));
    const others = problems.filter(({ kind, id }) => kind !== 'parameter-missing' && id !== found?.id);
    expect(others).toEqual([]);
  });

  it.each(wanted.filter((number) => number !== '11'))(
    'with article %s emptied or doubled is reported by that name [charter:10.2]',
    (number) => {
      expect(idsOf(replaceArticle(text, number, (heading) => `${heading}\n`))).toContain(`article-empty:${number}`);
      expect(
        idsOf(replaceArticle(text, number, (heading, body) => `${heading}\n${body}\n${heading}\n${body}`)),
      ).toContain(`article-duplicate:${number}`);
    },
  );

  it('without a statement, a recommendation or the preamble is reported by that name [charter:F.2] [charter:X.1-3]', () => {
    const boxes = [...text.matchAll(/^• ☐ .*$/gm)].map((match) => match[0]);
    for (const [index, box] of boxes.entries())
      expect(idsOf(text.replace(box, ''))).toEqual([`statement-missing:form.${index + 1}`]);
    const [head = '', annex = ''] = text.split(/(?=^Annexe)/m);
    const points = [...annex.matchAll(/^• .*$/gm)].map((match) => match[0]);
    expect(points).toHaveLength(9);
    for (const [index, point] of points.entries()) {
      const phase = ['before', 'during', 'after'][Math.floor(index / 3)];
      const next = annex.slice(annex.indexOf(point)).split('\n\n')[0] ?? '';
      expect(idsOf(head + annex.replace(next, ''))).toEqual([`recommendation-missing:annex.${phase}`]);
    }
    expect(idsOf(head)).toEqual(['before', 'during', 'after'].map((phase) => `recommendation-missing:annex.${phase}`));
    expect(idsOf(text.slice(text.search(/^1\. /m)))).toEqual(['preamble-missing:preamble']);
    expect(idsOf(text.replace(/^• ☐/m, '• ☐ Je paierai la réparation\n\n• ☐'))).toEqual(['statement-unexpected:form']);
  });

  it.each([
    ['sessionMinutes', '7.2', /(?:1|une) heure/, 'peu de temps'],
    ['openingDays', '7.2', /(?:du )?lundi(?:-| au )vendredi/, 'certains jours'],
    ['opensAt', '7.2', /9 ?h(?:-| à )17 ?h/, 'aux heures habituelles'],
    ['complaintWindowDays', '9.1', /(?:8|huit) jours/, 'meilleurs délais'],
    ['outerLimitMonths', '9.3', /(?:1|un) an/, 'un certain temps'],
    ['journalRetentionMonths', '8.1', /1 an|douze mois/, 'longtemps'],
    ['amendmentChannels', '10.2', /courriel[\s\S]*?site/, 'oral'],
  ])('without %s (article %s) is reported by that name [charter:10.2]', (name, number, words, instead) => {
    const changed = replaceArticle(text, number, (heading, body) => {
      expect(body).toMatch(words);
      return `${heading}\n${body.replace(words, instead)}`;
    }).replace(/passé 8 jours|au-delà de 8 jours/, 'plus tard');
    expect(idsOf(changed)).toContain(`parameter-missing:${name}`);
  });

  it.each([
    ['complaintWindowDays', (t: string) => t.replace(/(passé|au-delà de) 8 jours/, '$1 15 jours')],
    ['complaintWindowDays', (t: string) => t.replace(/(dans les) (?:8|huit) jours/, '$1 huit (10) jours')],
    ['sessionMinutes', (t: string) => t.replace(/(?:1|une) heure/, '$& (45 minutes)')],
    ['sessionMinutes', (t: string) => t.replace(/^ ?Article 7\.3.*\n/m, '$&Une session ne dépasse pas 90 minutes.\n')],
    [
      'openingDays',
      (t: string) => t.replace(/^ ?Article 7\.3.*\n/m, '$&Les interventions ont lieu du lundi au samedi.\n'),
    ],
    ['opensAt', (t: string) => t.replace(/^ ?Article 7\.3.*\n/m, '$&Les interventions ont lieu de 8 h 30 à 17 h.\n')],
    [
      'closesAt',
      (t: string) => t.replace(/^ ?Article 7\.3.*\n/m, '$&Les interventions ont lieu de 9 h à 18 heures.\n'),
    ],
    [
      'journalRetentionMonths',
      (t: string) => t.replace(/^ ?Article 4\.3.*\n/m, '$&Le journal est conservé deux ans.\n'),
    ],
    ['outerLimitMonths', (t: string) => t.replace(/(?:1|un) an(?= (?:à|au) )/, '$& ou dix-huit mois')],
  ])('with two values for %s is reported by that name, with both places [charter:10.2]', (name, alter) => {
    const changed = alter(text);
    expect(changed).not.toBe(text);
    const { problems, parameters } = proposeParameters(parseCharter(changed));
    expect(problems.map(({ id }) => id)).toEqual([`parameter-conflict:${name}`]);
    expect(problems[0]?.words.length).toBeGreaterThanOrEqual(2);
    expect(parameters.find((one) => one.name === name)?.value).toBeUndefined();
  });

  it('any other number is read or reported, never overlooked [charter:7.2a] [charter:9.1] [charter:8.1f]', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 90 }), (value) => {
        const altered = text
          .replace(/(?:1|une) heure/, `${value} minutes`)
          .replace(/(?:8|huit) jours/g, `${value} jours`)
          .replace(/1 an(?= et peut)|douze mois/, `${value} mois`);
        const proposal = proposeParameters(parseCharter(altered));
        expect(clearParameters(proposal)).toEqual({
          ...expected,
          sessionMinutes: value,
          complaintWindowDays: value,
          journalRetentionMonths: value,
        });
        expect(proposal.problems).toEqual([]);
      }),
    );
  });
});

function replaceArticle(text: string, number: string, by: (heading: string, body: string) => string): string {
  const start = text.search(new RegExp(`^ ?Article ${number.replace('.', '\\.')} `, 'm'));
  const rest = text.slice(start);
  const afterHeading = rest.indexOf('\n');
  const end = afterHeading + rest.slice(afterHeading).search(/^ ?(?:Article \d|\d+\. )/m);
  const [heading = '', ...body] = rest.slice(0, end).split('\n');
  return text.slice(0, start) + by(heading, body.join('\n')) + rest.slice(end);
}

function withoutArticle(text: string, number: string): string {
  if (number !== '11') return replaceArticle(text, number, () => '');
  const start = text.search(/^ ?11\. /m);
  return text.slice(0, start) + text.slice(text.search(/^Adhérent –/m));
}

/** Paragraphs put on lines of another width; headings stay as they are. */
function rewrap(text: string, width: number): string {
  return text
    .split('\n\n')
    .map((paragraph) => {
      if (
        paragraph.split('\n').some((line) => /^ ?(?:Article|\d+\.|Annexe|Adhérent –|Préambule|•|☐)|:\s*\S?$/.test(line))
      )
        return paragraph;
      return paragraph
        .replaceAll('\n', ' ')
        .replace(new RegExp(`(.{1,${width}})(?: |$)`, 'g'), '$1\n')
        .trim();
    })
    .join('\n\n');
}
