import { event } from '#kernel/define-event.js';
import type { Refusal } from '#kernel/refusal.js';
import type { Instant } from '#kernel/time.js';
import type { CivilTime } from '../calendar/civil-time.js';
import { refusePersonal } from '../lint/lint-fields.js';
import { impossibleParameters } from './check-parameters.js';
import type { PublishCharter } from './commands.js';
import { type CharterEvent, CharterPublished } from './events.js';
import type { CharterParameters, ParameterName } from './parameters.js';
import { parseCharter } from './parse-charter.js';
import { clearParameters, defaultParameters, proposeParameters } from './proposal.js';
import {
  charterDateOrder,
  charterIncomplete,
  charterRetroactive,
  charterTextUnchanged,
  charterTextUnreadable,
  charterVersionExists,
  parameterContradictsText,
  parametersInvalid,
} from './refusals.js';
import { type CharterState, findVersion } from './state.js';
import type { CharterStructure } from './structure.js';

interface PublishFacts {
  readonly now: Instant;
  readonly time: CivilTime;
  readonly textSha256: string | undefined;
}

/** What the event holds is read from the text here, never taken from the command: the two cannot differ. */
export function publish(
  command: PublishCharter,
  state: CharterState,
  facts: PublishFacts,
): readonly CharterEvent[] | Refusal {
  const { charterVersionId, effectiveFrom, text, changeSummary } = command;
  const { now, textSha256 } = facts;
  const readable =
    textSha256 !== undefined && text.length <= 400_000 && text.isWellFormed() && !text.includes('\u0000');
  if (!readable || text.trim() === '') return charterTextUnreadable();
  const known = findVersion(state, charterVersionId);
  if (known)
    return known.textSha256 === textSha256 && known.effectiveFrom === effectiveFrom ? [] : charterVersionExists();
  const refusal = refuseDate(command, state, facts, textSha256) ?? refusePersonal({ '/changeSummary': changeSummary });
  if (refusal) return refusal;

  const structure = parseCharter(text);
  const proposal = proposeParameters(structure);
  const open = proposal.problems.filter(({ id }) => !command.acceptedMissing.includes(id));
  if (open.length > 0)
    return charterIncomplete(
      { count: open.length },
      open.map(({ id, text: detail }) => ({ pointer: '/acceptedMissing', detail: `${id} : ${detail}` })),
    );
  const contradicted = differing(command.parameters, clearParameters(proposal));
  if (contradicted.length > 0) return parameterContradictsText(undefined, contradicted.map(atParameter));
  const parameters = { ...defaultParameters(proposal), ...given(command.parameters) };
  const impossible = impossibleParameters(parameters);
  if (impossible.length > 0) return parametersInvalid(undefined, impossible.map(atParameter));
  return [
    event(CharterPublished, {
      charterVersionId,
      effectiveFrom,
      publishedAt: now,
      textSha256,
      text,
      ...partsOf(structure),
      parameters,
      acceptedMissing: proposal.problems.map(({ id }) => id),
      ...(changeSummary === undefined ? {} : { changeSummary }),
    }),
  ];
}

function refuseDate(command: PublishCharter, state: CharterState, facts: PublishFacts, textSha256: string) {
  const last = state.versions.at(-1);
  if (!last) return undefined;
  if (last.textSha256 === textSha256) return charterTextUnchanged();
  if (command.effectiveFrom <= last.effectiveFrom) return charterDateOrder();
  return command.effectiveFrom < facts.time.toLocal(facts.now).date ? charterRetroactive() : undefined;
}

const given = (parameters: Partial<CharterParameters>): Partial<CharterParameters> =>
  Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined));

const differing = (wanted: Partial<CharterParameters>, clear: Partial<CharterParameters>): readonly ParameterName[] =>
  (Object.keys(given(wanted)) as ParameterName[]).filter(
    (name) => clear[name] !== undefined && JSON.stringify(clear[name]) !== JSON.stringify(wanted[name]),
  );

const atParameter = (name: ParameterName) => ({ pointer: `/parameters/${name}`, detail: name });

/** Parts in the shape of the event; what an accepted problem leaves empty is not in it. */
function partsOf({ articles, statements, recommendations }: CharterStructure) {
  const clip = (text: string, max: number): string => text.slice(0, max).toWellFormed();
  return {
    articles: articles
      .filter(({ text }) => text !== '')
      .slice(0, 200)
      .map(({ number, title, text }) => ({ number, title: clip(title, 300) || number, text: clip(text, 100_000) })),
    consentStatements: statements.slice(0, 12).map((statement) => clip(statement, 2000)),
    recommendations: recommendations.slice(0, 60).map(({ phase, text }) => ({ phase, text: clip(text, 2000) })),
  };
}
