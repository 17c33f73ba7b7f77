import { processingRegister } from '#application/registers/processing-register.js';
import { fallbackParameters } from '#domain/charter/parameters.js';
import { code, type GeneratedFile, generatedNote, page, table } from './markdown.js';

/** The register of processing as it stands under a charter that keeps journals a year. */
export function processingFiles(): readonly GeneratedFile[] {
  const { controller, entries, measures, transfers } = processingRegister(fallbackParameters.journalRetentionMonths);
  const sections = entries.flatMap((one) => [
    `## ${one.name}`,
    table(
      ['', ''],
      [
        ['Finalité', one.purpose],
        ['Base légale', one.legalBasis],
        ['Personnes concernées', one.persons],
        ['Catégories de données', one.categories.join(' ; ') || 'aucune'],
        ['Destinataires', one.recipients.join(' ; ')],
        ['Durée de conservation', one.retention],
        ['Événements', one.events.map(code).join(', ') || 'aucun'],
      ],
    ),
  ]);
  return [
    {
      path: 'docs/reference/processing-register.md',
      text: page(
        '# Registre des activités de traitement (RGPD, article 30)',
        generatedNote('the declarations of events and `libs/application/registers/activities.ts`'),
        `Responsable du traitement : ${controller} ${transfers} Une installation donne le sien, avec la durée de sa charte, à ${code('GET /api/v1/registers/processing')}.`,
        ...sections,
        '## Mesures de sécurité',
        measures.map((one) => `- ${one}`).join('\n'),
      ),
    },
  ];
}
