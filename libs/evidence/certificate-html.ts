import { type Certificate, type CheckedStore, certificateText, sha256Of } from './certificate.js';
import { causeOf, groundOf, natureOf, placeOf, spelled } from './certificate-words.js';
import { claimInFrench } from './vault-claim.js';

/** The certificate for reading and printing, in French, from the signed data and nothing else. */
export function certificateHtml(certificate: Certificate): string {
  const complete = certificate.result === 'complete';
  const facts: readonly (readonly [string, string])[] = [
    ['Certificat', inHtml(certificate.certificateId)],
    ['Installation', inHtml(certificate.installationId)],
    ['Destruction', inHtml(certificate.destructionId)],
    ['Cause', inHtml(causeOf(certificate))],
    ['Référence', inHtml(certificate.reference)],
    ['Décidée le', moment(certificate.decidedAt)],
    ['Clés détruites le', moment(certificate.destroyedAt)],
    ['Vérification faite le', moment(certificate.readBackAt)],
    [
      'Dernière sauvegarde qui contenait ces clés, supprimée le',
      certificate.lastBackupLeavesOn === null
        ? 'aucune sauvegarde connue de l’installation'
        : moment(certificate.lastBackupLeavesOn),
    ],
    ['Position dans le journal des faits', inHtml(certificate.logPosition)],
    ['Clé de signature', inHtml(certificate.signature.keyId)],
    ['Empreinte SHA-256 du fichier', sha256Of(certificateText(certificate))],
  ];
  const withValues = certificate.stores.filter(({ values }) => values > 0);
  const empty = certificate.stores.filter(({ values }) => values === 0);
  return `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Certificat d’effacement ${inHtml(certificate.certificateId)}</title>
<style>
@page{size:A4;margin:18mm}
body{font:12pt/1.4 serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#000;background:#fff}
table{border-collapse:collapse;width:100%;margin:0 0 1.5rem}
th,td{border:1px solid #666;padding:.25rem .5rem;text-align:left;vertical-align:top}
td{overflow-wrap:anywhere}td:first-child{overflow-wrap:break-word}
@media(max-width:40rem){table{font-size:.8rem}th,td{padding:.2rem .25rem}}
tr{break-inside:avoid}
.partial{border:3px solid #a00;padding:.5rem 1rem}
@media print{body{margin:0;max-width:none}}
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
${facts.map(([name, value]) => `<tr><th scope="row">${name}</th><td>${value}</td></tr>`).join('\n')}
</table>
<h2>Détruit : ${certificate.cells.length}</h2>
${table(
  ['Nature', 'Référence', 'Empreinte de la clé détruite'],
  certificate.cells.map(({ cell, keyDigest }) => [
    inHtml(natureOf(cell)),
    inHtml(cell),
    inHtml(keyDigest ?? 'aucune clé à relever'),
  ]),
)}
<h2>Conservé : ${certificate.kept.length}</h2>
${table(
  ['Nature', 'Référence', 'Motif', 'Jusqu’au'],
  certificate.kept.map(({ cell, ground, until }) => [
    inHtml(natureOf(cell)),
    inHtml(cell),
    inHtml(groundOf(ground)),
    until === undefined ? 'fin du motif' : moment(until),
  ]),
)}
<h2>Relecture</h2>
<p>Après la destruction, chaque valeur a été redemandée partout où elle pouvait se trouver.</p>
${table(['Où', 'Valeurs', 'Effacées', 'Présentes', 'Illisibles'], withValues.map(answersOf))}
${empty.length === 0 ? '' : `<p>Vérifié aussi, et rien n’y était conservé : ${empty.map(({ store }) => inHtml(placeOf(store))).join(', ')}.</p>`}
${
  certificate.vault === undefined
    ? ''
    : `<h2>Ce qu’il peut rester des clés détruites</h2>
${claimInFrench(certificate.vault)
  .map((one) => `<p>${inHtml(one)}</p>`)
  .join('\n')}
`
}<p>Ce document reprend les données signées du fichier JSON du même identifiant, qui seul fait foi.
Vérification hors ligne : <code>temoin certificate verify FICHIER --key CLÉ</code>.</p>
</body>
</html>
`;
}

const answersOf = ({ store, values, erased, present, unreadable }: CheckedStore): readonly string[] => [
  `${inHtml(placeOf(store))}<br><code>${inHtml(store)}</code>`,
  ...[values, erased, present, unreadable].map((count) => inHtml(String(count))),
];

/** Cells hold HTML already. */
function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '<p>Rien.</p>';
  const head = heads.map((one) => `<th scope="col">${one}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map((one) => `<td>${one}</td>`).join('')}</tr>`).join('\n');
  return `<table>\n<tr>${head}</tr>\n${body}\n</table>`;
}

const moment = (date: string): string => `<time datetime="${inHtml(date)}">${inHtml(spelled(date))}</time>`;
const inHtml = (text: string): string => text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);
