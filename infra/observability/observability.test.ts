import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parser } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';
import { openMemoryTemoin } from '#testing/open-memory-temoin.js';
import { projectFolder } from '#testing/shared-data.js';
import { visitsView } from '#testing/visit.js';
import { lettersView } from '#views/letters.js';
import { subscribersView } from '#views/subscribers.js';
import { openMetrics } from '../../apps/service/metrics.js';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly page: string };
}
interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly datasource: { readonly uid: string };
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets: readonly { readonly refId: string; readonly expr: string; readonly legendFormat: string }[];
}

const file = (name: string): Promise<string> => readFile(join(projectFolder, name), 'utf8');
const alerts = parse(await file('infra/observability/alerts.yaml'), { strict: true }) as {
  readonly groups: readonly { readonly name: string; readonly rules: readonly Rule[] }[];
};
const rules = alerts.groups.flatMap((group) => group.rules);
const dashboard = JSON.parse(await file('infra/observability/dashboard.json')) as {
  readonly title: string;
  readonly uid: string;
  readonly schemaVersion: number;
  readonly templating: { readonly list: readonly { readonly name: string; readonly type: string }[] };
  readonly panels: readonly Panel[];
};

/** Names of figures and of labels in a question in PromQL, by its own grammar. @throws when it is none */
function askedBy(expression: string): { readonly figures: readonly string[]; readonly labels: readonly string[] } {
  const figures: string[] = [];
  const labels: string[] = [];
  parser.parse(expression).iterate({
    enter({ type, name, from, to, node }) {
      const text = expression.slice(from, to);
      if (type.isError) throw new SyntaxError(`no PromQL at ${from}: ${expression}`);
      if (name === 'Identifier' && node.parent?.name === 'VectorSelector') figures.push(text);
      if (name === 'LabelName') labels.push(text);
    },
  });
  return { figures, labels };
}

/** Figures of a process in which a little of everything happened, with the labels that `/metrics` shows them with. */
async function shown(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const metrics = openMetrics();
  const temoin = await openMemoryTemoin({ views: [visitsView, lettersView, subscribersView] });
  metrics.watch({ temoin, owns: () => true, erasuresWaiting: () => 0, lastBackup: async () => temoin.clock.now() });
  const given = { actor: 'a1', actorRoles: [], commandId: temoin.ids.freshCommandId() };
  const note = { type: 'Note', notes: ['n'] };
  await metrics.counting(temoin).execute({ ...given, stream: 'visit-none', command: note });
  metrics.onAppended('stored', 1);
  metrics.onOpened([{ state: 'present', value: 1 }]);
  metrics.onAnswer({ correlationId: 'c', method: 'GET', route: '/', status: 200, milliseconds: 1 });
  const { text } = await metrics.scrape();
  await temoin.close();
  const known = new Map([['up', new Set(['job', 'instance'])]]);
  for (const [, name = '', given = ''] of text.matchAll(/^([a-z]\w*)(?:\{(.*)\})? \S+$/gm)) {
    const labels = known.get(name) ?? new Set(['job', 'instance']);
    for (const [, label = ''] of given.matchAll(/(\w+)="/g)) labels.add(label);
    known.set(name, labels);
  }
  return known;
}
/** Figures with their labels as the page of monitoring names them. */
const DECLARED: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  [...(await file('docs/guides/monitoring.md')).matchAll(/`(temoin_\w+)(?:\{([\w,]+)\})?`/g)].map(
    ([, name, labels]) => [name, labels?.split(',') ?? []],
  ),
);
let known: ReadonlyMap<string, ReadonlySet<string>>;
beforeAll(async () => {
  known = await shown();
});

function expectKnown(expression: string): void {
  const { figures, labels } = askedBy(expression);
  expect(figures.length).toBeGreaterThan(0);
  for (const figure of figures) {
    expect([figure, known.has(figure)]).toEqual([figure, true]);
    for (const label of labels) expect([figure, label, known.get(figure)?.has(label)]).toEqual([figure, label, true]);
  }
}

describe('alert rules', () => {
  it('are PromQL, and what is not is caught', () => {
    expect(() => askedBy('sum by (le (rate(x[5m]))')).toThrow(SyntaxError);
    expect(askedBy('sum by (view) (temoin_x{a="b"}) > 1')).toEqual({ figures: ['temoin_x'], labels: ['view', 'a'] });
  });

  it.each(rules.map((rule) => [rule.alert, rule] as const))(
    '%s asks for figures and labels that exist',
    async (_, rule) => {
      expectKnown(rule.expr);
      expect(Object.keys(rule).sort()).toEqual(expect.arrayContaining(['alert', 'annotations', 'expr', 'labels']));
      for (const name of Object.keys(rule)) expect(['alert', 'annotations', 'expr', 'for', 'labels']).toContain(name);
      if (rule.for !== undefined) expect(rule.for).toMatch(/^\d+[smhd]$/);
      expect(['page', 'ticket']).toContain(rule.labels.severity);
      for (const [, label = ''] of rule.annotations.summary.matchAll(/\$labels\.(\w+)/g))
        expect(askedBy(rule.expr).labels).toContain(label);
    },
  );

  it.each(rules.map((rule) => [rule.alert, rule] as const))(
    '%s has a page that says what it means and what to do',
    async (_, rule) => {
      expect(rule.annotations.page).toBe(`docs/guides/alerts/${rule.alert}.md`);
      const page = await file(rule.annotations.page);
      for (const part of [`Alerte \`${rule.alert}\``, '## Ce que cela veut dire', '## Que faire'])
        expect(page).toContain(part);
    },
  );

  it('have each its own name, and every page its alert', async () => {
    const names = rules.map(({ alert }) => alert);
    expect(new Set(names).size).toBe(names.length);
    const pages = await readdir(join(projectFolder, 'docs', 'guides', 'alerts'));
    expect(pages.sort()).toEqual(names.map((name) => `${name}.md`).sort());
  });
});

describe('the dashboard', () => {
  it.each(dashboard.panels.map((panel) => [panel.title, panel] as const))(
    '%s asks for what exists',
    async (_, panel) => {
      for (const { expr, legendFormat } of panel.targets) {
        expectKnown(expr);
        const { labels, figures } = askedBy(expr);
        const given =
          labels.length > 0 || !/\b(sum|max|min|avg|count)\b/.test(expr)
            ? [...labels, 'instance', ...figures.flatMap((name) => DECLARED[name] ?? [])]
            : [];
        for (const [, label] of legendFormat.matchAll(/\{\{(\w+)\}\}/g)) expect(given).toContain(label);
      }
    },
  );

  it('can be brought into Grafana: a source to choose, panels that do not overlap', () => {
    expect(dashboard).toMatchObject({ title: 'Témoin', uid: 'temoin', schemaVersion: expect.any(Number) });
    expect(dashboard.templating.list).toContainEqual(
      expect.objectContaining({ name: 'datasource', type: 'datasource' }),
    );
    const taken = new Set<string>();
    for (const { id, type, datasource, gridPos, targets } of dashboard.panels) {
      expect(typeof id === 'number' && type !== '').toBe(true);
      expect(datasource.uid).toBe(`\${datasource}`);
      expect(new Set(targets.map(({ refId }) => refId)).size).toBe(targets.length);
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1)
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
          expect(taken.has(`${x},${y}`)).toBe(false);
          taken.add(`${x},${y}`);
        }
    }
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
  });

  it('and the page of monitoring name the same figures, with the labels that they have', () => {
    for (const [name, labels] of Object.entries(DECLARED)) {
      const shownLabels = known.get(name) ?? known.get(`${name}_count`);
      expect([name, [...(shownLabels ?? ['unknown'])].sort()]).toEqual([name, ['instance', 'job', ...labels].sort()]);
    }
    const ours = [...known.keys()].filter((name) => name.startsWith('temoin_'));
    const names = new Set(ours.map((name) => name.replace(/_(bucket|count|sum)$/, '')));
    expect([...names].filter((name) => !(name in DECLARED))).toEqual([]);
  });

  it('shows every figure of our own that the page of monitoring names', () => {
    const asked = new Set(
      dashboard.panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => askedBy(expr).figures)),
    );
    const base = [...asked].map((name) => name.replace(/_(bucket|count|sum)$/, ''));
    const missing = Object.keys(DECLARED).filter((name) => !base.includes(name));
    expect(missing).toEqual(['temoin_stores_reachable']);
  });
});
