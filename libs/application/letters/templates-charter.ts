import { heading, type Letter, text } from '../documents/letter.js';
import { dayOf, type LetterFacts, textField } from './letter-facts.js';

/** A new version of the charter, told before it counts (10.2). */
export const charterChange = (facts: LetterFacts): Letter => {
  const { changeSummary } = facts.event.data;
  return {
    title: 'La charte d’aide à distance change',
    blocks: [
      text(`Une nouvelle version de la charte vaut à partir du ${dayOf(facts, facts.event.data.effectiveFrom)}.`),
      ...(typeof changeSummary === 'string' ? [heading('Ce qui change'), text(changeSummary)] : []),
      text(
        'Les interventions passées restent régies par la version que vous aviez acceptée. La nouvelle vous sera montrée et vous sera demandée avant votre prochaine intervention : rien ne vaut accord sans vous.',
      ),
      text(
        `Le texte entier est à votre disposition auprès de l’association. Empreinte (SHA-256) : ${textField(facts, 'textSha256')}.`,
      ),
    ],
  };
};
