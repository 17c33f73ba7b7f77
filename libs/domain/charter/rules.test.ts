import { readFileSync } from 'node:fs';
import { notRun, sharedFile } from '#testing/shared-data.js';
import { deviationKinds } from '../shared/deviation.js';
import { findRule, isRuleId, rules } from './rules.js';

describe('the rules taken from the charter', () => {
  it('are every row of the domain’s table, with its modes, and no other [charter:P.1]', () => {
    const file = sharedFile('domain.md');
    if (file === undefined) {
      notRun('the domain’s table');
      return;
    }
    const section = readFileSync(file, 'utf8').split('### 1b')[0] ?? '';
    const rows = [...section.matchAll(/^\| ((?:P|F|X|\d+)[.\d]*[^|]*) \|[^|]*\|[^|]*\| ([^|]+) \|/gm)].map((match) => ({
      row: (match[1] ?? '').replaceAll(' ', '').replace('–', '-'),
      modes: [...new Set((match[2] ?? '').match(/\b[RSCTD]\b/g))].sort(),
    }));
    expect(rows.length).toBeGreaterThan(60);
    expect(rules.map(({ row, modes }) => ({ row, modes: [...modes].sort() }))).toEqual(rows);
  });

  it('are found by id, and only by theirs [charter:P.1]', () => {
    for (const rule of rules) expect(findRule(rule.id)).toBe(rule);
    expect(isRuleId('charter:99')).toBe(false);
    expect(isRuleId('constructor')).toBe(false);
  });

  it('are what every deviation names [charter:P.1]', () => {
    expect(deviationKinds).toHaveLength(13);
    for (const { rule, text } of deviationKinds) {
      expect(isRuleId(rule)).toBe(true);
      expect(text).not.toBe('');
    }
  });
});
