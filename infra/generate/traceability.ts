import { type Rule, rules } from '#domain/charter/rules.js';
import { deviationKinds } from '#domain/shared/deviation.js';
import { problemTypes } from '#nest-shell/problems/registry.js';
import { catalogue } from './catalogue.js';
import { byText, code, type GeneratedFile, generatedNote, page, table } from './markdown.js';
import { namedRules, ruleTitles, sources } from './test-titles.js';

/** What serves one rule of the charter. */
interface Trace {
  readonly rule: Rule;
  readonly refusals: readonly string[];
  readonly deviations: readonly string[];
  readonly events: readonly string[];
  /** Other files that name the rule: warnings, computations, words shown. */
  readonly code: readonly string[];
  readonly tests: readonly { readonly title: string; readonly path: string }[];
}

/** Row of the charter → mode → refusals and deviations → events → tests. */
export async function traceabilityFiles(): Promise<readonly GeneratedFile[]> {
  const traces = await traceAll();
  return [{ path: 'docs/reference/charter-traceability.md', text: traceabilityPage(traces) }];
}

async function traceAll(): Promise<readonly Trace[]> {
  const all = await sources('libs', 'apps', 'infra');
  const titles = all.filter(({ path }) => path.endsWith('.test.ts')).flatMap(ruleTitles);
  const known = new Set<string>(rules.map((rule) => rule.id));
  const strangers = titles.filter((title) => !known.has(title.rule));
  if (strangers.length > 0)
    throw new Error(
      `tests name rules that do not exist: ${strangers.map((one) => `${one.rule} in ${one.path}`).join(', ')}`,
    );
  const shipped = all
    .filter(({ path }) => !/\.test\.ts$|^libs\/domain\/charter\/rules\.ts$|^infra\/|^libs\/testing\//.test(path))
    .map((source) => ({ path: source.path, named: namedRules(source) }));
  return rules.map((rule) => ({
    rule,
    refusals: [...problemTypes.values()]
      .filter((type) => type.rule === rule.id)
      .map((type) => type.code)
      .sort(byText),
    deviations: deviationKinds.filter((kind) => kind.rule === rule.id).map((kind) => kind.code),
    events: catalogue.flatMap(([, events]) =>
      events.filter((one) => one.rules.includes(rule.id)).map((one) => one.type),
    ),
    code: shipped
      .filter(({ path, named }) => named.has(rule.id) && !/\/events[\w-]*\.ts$/.test(path))
      .map(({ path }) => path),
    tests: titles.filter((title) => title.rule === rule.id),
  }));
}

/** Modes of a rule that no code serves: R needs a refusal; S and C a deviation, an event or other code that names it. */
function missing({ rule, refusals, deviations, events, code: files }: Trace): readonly string[] {
  const said = deviations.length + events.length + files.length > 0;
  return rule.modes.filter(
    (mode) => (mode === 'R' && refusals.length === 0) || ((mode === 'S' || mode === 'C') && !said),
  );
}

function traceabilityPage(traces: readonly Trace[]): string {
  const unserved = traces.filter((trace) => missing(trace).length > 0);
  const untested = traces.filter(
    (trace) =>
      trace.tests.length === 0 && missing(trace).length === 0 && trace.rule.modes.some((mode) => 'RSC'.includes(mode)),
  );
  const shown = traces.filter((trace) => trace.rule.modes.every((mode) => mode === 'T' || mode === 'D'));
  return page(
    '# Charter traceability',
    generatedNote('the rules, refusals, deviations and events in `libs/domain` and the titles of the tests'),
    'Modes: **R** the command is refused · **S** signalled, never blocking · **C** computed · **T** shown or printed · **D** documented only.',
    table(
      ['Rule', 'Charter', 'Mode', 'Refusals', 'Deviations', 'Events', 'Tests'],
      traces.map((trace) => [
        code(trace.rule.id),
        trace.rule.text,
        trace.rule.modes.join(' '),
        trace.refusals.map(code).join(', '),
        trace.deviations.map(code).join(', '),
        trace.events.map((type) => `[${type}](events.md#${type.toLowerCase()})`).join(', '),
        trace.tests.length === 0 ? '' : `[${trace.tests.length}](#${anchor(trace.rule)})`,
      ]),
    ),
    '## Rules that no code serves yet',
    unserved.length === 0
      ? 'None.'
      : table(
          ['Rule', 'Charter', 'Mode not served'],
          unserved.map((trace) => [code(trace.rule.id), trace.rule.text, missing(trace).join(' ')]),
        ),
    '## Rules served by code, without a test that names them',
    untested.length === 0 ? 'None.' : untested.map((trace) => `- ${code(trace.rule.id)} ${trace.rule.text}`).join('\n'),
    '## Rules that are only shown or documented',
    shown.length === 0 ? 'None.' : shown.map((trace) => `- ${code(trace.rule.id)} ${trace.rule.text}`).join('\n'),
    '## Code and tests by rule',
    ...traces
      .filter((trace) => trace.tests.length + trace.code.length > 0)
      .flatMap((trace) => [
        `### ${trace.rule.id}`,
        trace.rule.text,
        ...(trace.code.length > 0 ? [`Code: ${trace.code.map(code).join(', ')}`] : []),
        ...(trace.tests.length > 0
          ? [[...new Set(trace.tests.map(({ title, path }) => `- ${title} (${code(path)})`))].join('\n')]
          : []),
      ]),
  );
}

/** As GitHub makes it from the heading. */
const anchor = (rule: Rule): string => rule.id.toLowerCase().replace(/[^\w-]/g, '');
