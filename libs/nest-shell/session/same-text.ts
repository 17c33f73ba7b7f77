import type { StateReader } from '#application/command.js';
import { sameProblem, type TextPlace } from '#application/strike-out/same-problem.js';

/** Says where else the words of a reported text may stand, so that they are not forgotten there. */
export interface SameText {
  /** French, for whoever reports or decides. */
  readonly detail: string;
  /** Where, each as a report of its own would name it. */
  readonly places: readonly TextPlace[];
}

const DETAIL =
  'Le problème est noté à la fois dans la demande et dans ses interventions. Les mêmes mots peuvent se trouver aussi aux ' +
  'endroits indiqués : ils n’y sont pas retirés avec ce texte. Relisez ces endroits et signalez-les à leur tour.';

/** @returns nothing to spread when the text stands in no other place, or is reported there already */
export async function sameTextOf(reader: StateReader, place: TextPlace): Promise<{ readonly sameText?: SameText }> {
  const places = await sameProblem(reader, place);
  return places.length === 0 ? {} : { sameText: { detail: DETAIL, places } };
}
