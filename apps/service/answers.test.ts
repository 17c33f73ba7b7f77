import { referencesOf } from './hostile-references.js';
import { openSlice, type Slice } from './slice.js';
import { type Story, tellStory } from './slice-story.js';

type Json = Record<string, unknown>;

/** Cases, holds, copies: beside what the story made. */
let beside: Readonly<Record<string, string>> = {};

/** What the story made, by the names that addresses give it. */
const references = (story: Story): Readonly<Record<string, string>> => ({
  ...beside,
  charterVersionId: story.charterVersionId,
  staffId: story.technicianId,
  memberId: story.memberId,
  requestId: story.requestId,
  sessionId: story.sessionId,
  stream: `session-${story.sessionId}`,
});

describe('answers of queries', () => {
  let slice: Slice;
  let story: Story;
  let document: { paths: Record<string, Record<string, Json>>; components: { schemas: Record<string, Json> } };
  beforeAll(async () => {
    slice = await openSlice();
    story = await tellStory(slice);
    const { id } = await slice.ok('Director', 'POST', `/members/${story.memberId}/exports`);
    beside = { ...(await referencesOf(slice, story)), exportId: String(id) };
    await slice.settled();
    document = (await slice.send('GET', '/openapi.json')).body;
  });
  afterAll(() => slice.close());

  const queries = () =>
    Object.entries(document.paths).flatMap(([path, { get }]) => {
      const answer = get && (get.responses as Record<string, { content?: Record<string, { schema: Json }> }>)['200'];
      const schema = answer?.content?.['application/json']?.schema;
      return get && schema ? [{ path, get, schema }] : [];
    });

  it('are what the OpenAPI document says, property by property; `npm run generate` after a change', async () => {
    const seen: string[] = [];
    for (const { path, get, schema } of queries()) {
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
      const known = references(story);
      if (names.some((name) => known[name] === undefined)) continue;
      const address = path.replace(/\{(\w+)\}/g, (_, name: string) => known[name] ?? '');
      const role = /Roles: (\w+)/.exec(String(get.description))?.[1] as 'Auditor';
      const asks = ((get.parameters ?? []) as Json[]).some((one) => one.name === 'purpose');
      const answer = await slice.send('GET', asks ? `${address}?purpose=quality` : address, undefined, { as: role });
      if (answer.status !== 200) continue;
      seen.push(String(get.operationId));
      expect([path, misfits(answer.body, schema, document.components.schemas)]).toEqual([path, []]);
    }
    expect(seen).toEqual(
      expect.arrayContaining([
        'listMembers',
        'getJournalEntry',
        'workQueue',
        'compliance',
        'ready',
        'getRights',
        'rightsGrid',
        'getExport',
      ]),
    );
    expect(seen.length).toBeGreaterThan(20);
  });
});

/** Where a value is not what the schema says; a property that the schema does not know is one of them. */
function misfits(value: unknown, schema: Json, schemas: Record<string, Json>, at = ''): readonly string[] {
  if (typeof schema.$ref === 'string')
    return misfits(value, schemas[schema.$ref.split('/').pop() ?? ''] ?? {}, schemas, at);
  if (Array.isArray(schema.anyOf)) {
    const tried = (schema.anyOf as Json[]).map((one) => misfits(value, one, schemas, at));
    return tried.some((one) => one.length === 0) ? [] : [`${at}: none of ${tried.length}: ${tried.flat().join(' | ')}`];
  }
  if ('const' in schema) return schema.const === value ? [] : [`${at}: not ${String(schema.const)}`];
  if (Array.isArray(schema.enum) && !schema.enum.includes(value)) return [`${at}: not one of the list`];
  switch (schema.type) {
    case undefined:
      return [];
    case 'null':
      return value === null ? [] : [`${at}: not null`];
    case 'array':
      if (!Array.isArray(value)) return [`${at}: no list`];
      return value.flatMap((one, index) => misfits(one, schema.items as Json, schemas, `${at}/${index}`));
    case 'object': {
      if (typeof value !== 'object' || value === null) return [`${at}: no object`];
      const properties = (schema.properties ?? {}) as Record<string, Json>;
      const missing = ((schema.required ?? []) as string[]).filter((name) => !(name in value));
      const others = schema.additionalProperties as Json | undefined;
      return [
        ...missing.map((name) => `${at}/${name}: missing`),
        ...Object.entries(value).flatMap(([name, one]) => {
          const known = properties[name] ?? others;
          return known ? misfits(one, known, schemas, `${at}/${name}`) : [`${at}/${name}: not in the document`];
        }),
      ];
    }
    default:
      return typeof value === schema.type ? [] : [`${at}: no ${String(schema.type)}`];
  }
}
