import type { Client, Json } from '../demo/http-client.js';

/** Letters of every purpose under which one is sealed. */
const TEMPLATES = ['consent-confirmation', 'preparation', 'complaint-proposal', 'rights-answer', 'charter-change'];
const PATIENCE_MS = 600_000;

/**
 * A second version of the charter, told to every member; then what the processes wrote by themselves is waited for, read as
 * a page, and said to be printed.
 */
export async function plantLetters(api: Client, charterText: string): Promise<void> {
  await api.post('/charter/versions', {
    effectiveFrom: '2026-07-01',
    text: `${charterText}\n`,
    acceptedMissing: await missingOf(api),
  });
  const until = Date.now() + PATIENCE_MS;
  for (const template of TEMPLATES) {
    let letter: Json | undefined;
    while (letter === undefined) {
      if (Date.now() > until) throw new Error(`no letter ${template}`);
      const { items } = (await api.get(`/letters?template=${template}`)) as { readonly items: readonly Json[] };
      letter = items[0];
      if (letter === undefined) await new Promise((resolve) => setTimeout(resolve, 200));
    }
    await api.get(`/letters/${letter.letterId}?purpose=dispute`);
    await api.post(`/letters/${letter.letterId}/printed`, { handedOver: 'post' });
  }
}

/** What the version before was published with. */
async function missingOf(api: Client): Promise<unknown> {
  const { items } = (await api.get('/charter/versions')) as { readonly items: readonly Json[] };
  return items[0]?.acceptedMissing ?? [];
}
