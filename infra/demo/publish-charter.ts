import { type Json, problemOf, UnexpectedAnswer } from './http-client.js';
import type { Stage } from './stage.js';

/** Publishes the charter; points that the text leaves open are accepted by name, and a text already in force is kept. */
export async function publishCharter(stage: Stage): Promise<string> {
  const body = { effectiveFrom: stage.day, text: stage.charter.text };
  const first = await stage.admin.send('POST', '/charter/versions', body);
  if (first.status < 300) {
    stage.done(`Charte publiée (${stage.charter.name})`, first.body);
    return String(first.body.id);
  }
  const problem = problemOf(first);
  if (problem.type.endsWith('/charter-text-unchanged')) {
    const { items } = (await stage.admin.get('/charter/versions?limit=1')) as { readonly items: readonly Json[] };
    stage.done(`Charte déjà publiée (${stage.charter.name})`);
    return String(items[0]?.charterVersionId);
  }
  // Each open point begins with its name: « article-missing:6.2 : L’article 6.2 est introuvable. »
  const acceptedMissing = problem.errors.flatMap(({ detail }) => /^(\S+:\S+) : /.exec(detail)?.[1] ?? []);
  if (acceptedMissing.length === 0) throw new UnexpectedAnswer('POST /charter/versions', problem);
  stage.refused('Publication d’un texte qui laisse des points ouverts', problem);
  const receipt = await stage.admin.post('/charter/versions', { ...body, acceptedMissing });
  stage.done(`Charte publiée, points acceptés nommément : ${acceptedMissing.join(', ')}`, receipt);
  return String(receipt.id);
}
