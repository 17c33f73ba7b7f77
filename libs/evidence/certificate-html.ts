import { type Certificate, certificateText, sha256Of } from './certificate.js';

const causes = {
  erasure: 'demande d’effacement (RGPD, article 17)',
  retention: 'fin de la durée de conservation (charte, 8.1)',
  'strike-out': 'retrait d’un texte libre (charte, 4.4)',
} as const;

const grounds: Readonly<Record<string, string>> = {
  'legal-claim': 'constatation, exercice ou défense de droits en justice (article 17, paragraphe 3, e)',
  'legal-obligation': 'obligation légale (article 17, paragraphe 3, b)',
  'case-in-progress': 'dossier encore en cours',
  'still-running': 'intervention en cours',
};

/** The certificate for reading and printing, in French, from the signed data and nothing else. */
export function certificateHtml(certificate: Certificate): string {
  const complete = certificate.result === 'complete';
  const rows = (lines: readonly (readonly string[])[]) =>
    lines.map((line) => `<tr>${line.map((one) => `<td>${inHtml(one)}</td>`).join('')}</tr>`).join('\n');
  const facts: readonly (readonly [string, string])[] = [
    ['Certificat', certificate.certificateId],
    ['Installation', certificate.installationId],
    ['Destruction', certificate.destructionId],
    ['Cause', causes[certificate.cause] ?? certificate.cause],
    ['Référence', certificate.reference],
    ['Décidée le', certificate.decidedAt],
    ['Clés détruites le', certificate.destroyedAt],
    ['Vérification faite le', certificate.readBackAt],
    ['Dernière sauvegarde concernée', certificate.lastBackupLeavesOn ?? 'durée non déclarée par l’installation'],
    ['Position dans le journal des faits', certificate.logPosition],
    ['Clé de signature', certificate.signature.keyId],
    ['Empreinte SHA-256 du fichier', sha256Of(certificateText(certificate))],
  ];
  return `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<title>Certificat d’effacement ${inHtml(certificate.certificateId)}</title>
<style>
body{font:12pt/1.4 serif;max-width:48rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%;margin:0 0 1.5rem}
th,td{border:1px solid #666;padding:.25rem .5rem;text-align:left;overflow-wrap:anywhere}
.partial{border:3px solid #a00;padding:.5rem 1rem}
@media print{body{margin:0}}
</style>
</head>
<body>
<h1>Certificat d’effacement</h1>
${certificate.simulated ? '<p><strong>Simulation : ce certificat ne concerne aucune donnée réelle.</strong></p>' : ''}
<p${complete ? '' : ' class="partial"'}><strong>${
    complete
      ? 'Effacement complet : chaque valeur relue a répondu « effacée ».'
      : 'Effacement PARTIEL : tout n’a pas pu être vérifié. La vérification sera reprise.'
  }</strong></p>
<table>
${facts.map(([name, value]) => `<tr><th scope="row">${name}</th><td>${inHtml(value)}</td></tr>`).join('\n')}
</table>
<h2>Cellules détruites : ${certificate.cells.length}</h2>
<table>
<tr><th scope="col">Cellule</th><th scope="col">Empreinte de la clé enveloppée</th></tr>
${rows(certificate.cells.map((one) => [one.cell, one.keyDigest ?? 'aucune clé à relever']))}
</table>
<h2>Conservé : ${certificate.kept.length}</h2>
<table>
<tr><th scope="col">Cellule</th><th scope="col">Motif</th><th scope="col">Jusqu’au</th></tr>
${rows(certificate.kept.map((one) => [one.cell, grounds[one.ground] ?? one.ground, one.until ?? 'fin du motif']))}
</table>
<h2>Relecture</h2>
<table>
<tr><th scope="col">Où</th><th scope="col">Valeurs</th><th scope="col">Effacées</th><th scope="col">Présentes</th><th scope="col">Illisibles</th></tr>
${rows(
  certificate.stores.map((one) => [
    one.store,
    ...[one.values, one.erased, one.present, one.unreadable].map((count) => String(count)),
  ]),
)}
</table>
<p>Ce document reprend les données signées du fichier JSON du même identifiant, qui seul fait foi.
Vérification hors ligne : <code>temoin certificate verify FICHIER --key CLÉ</code>.</p>
</body>
</html>
`;
}

const inHtml = (text: string): string => text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);
