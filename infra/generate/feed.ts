import { sourceOf } from '#application/feed/cloud-event.js';
import { type FeedEvent, propertiesOf } from '#application/feed/feed-event.js';
import { feedEvents } from '#application/feed/feed-events.js';
import { feedJsonSchema } from '#application/feed/feed-schema.js';
import { MOST_BYTES, MOST_EVENTS } from '#application/feed/next-batch.js';
import { formOf } from './events.js';
import { code, type GeneratedFile, generatedNote, page, table } from './markdown.js';

/** What subscribers are given: a page, and one JSON Schema of a batch. */
export const feedFiles = (): readonly GeneratedFile[] => [
  { path: 'docs/reference/schemas/feed.json', text: `${JSON.stringify(feedJsonSchema(), null, 2)}\n` },
  { path: 'docs/reference/feed.md', text: feedPage() },
];

function feedPage(): string {
  return page(
    '# The feed',
    generatedNote('the declarations in `libs/application/feed/feed-events.ts` and `feed-notices.ts`'),
    'What outside bodies that are registered as recipients are given ([guide](../guides/subscribers.md), [why it is made so](../adr/0026-the-feed-is-computed-on-its-way-out.md)). Ids, dates and codes: no field of an event that is personal can be carried, and none that may hold words.',
    `A delivery is a \`POST\` with \`content-type: application/cloudevents-batch+json\`: a JSON array of at most ${MOST_EVENTS} events and about ${MOST_BYTES / 1024} KiB (one event that is larger goes alone), in the order in which they were stored. JSON Schema: [feed.json](schemas/feed.json). Properties that it does not name may be added within a version: leave them alone.`,
    '## Envelope',
    'CloudEvents 1.0, structured mode, JSON.',
    table(['Attribute', 'Value'], ENVELOPE),
    ...TOPICS.flatMap(([topic, title, words]) => [
      `## ${title}`,
      words,
      ...feedEvents.filter((one) => one.topic === topic).flatMap(section),
    ]),
  );
}

const ENVELOPE: readonly (readonly string[])[] = [
  ['`specversion`', '`1.0`'],
  ['`id`', 'UUID; the same whenever the same event is given again'],
  ['`source`', `\`${sourceOf('<id>')}\`, an opaque id`],
  ['`type`', '`fr.temoin.<topic>.<what>.v<version>`'],
  ['`subject`', 'what it is about: `session/<id>`, `request/<id>`, `complaint/<id>`, `member/<id>`'],
  ['`time`', 'when it was recorded (UTC, milliseconds); when it happened is in the data'],
  ['`datacontenttype`', '`application/json`'],
  ['`data`', 'see each type below'],
];

const TOPICS: readonly (readonly [topic: FeedEvent['topic'], title: string, words: string])[] = [
  ['consent', 'Topic `consent`', 'Told to subscribers that chose it.'],
  ['session', 'Topic `session`', 'Told to subscribers that chose it.'],
  ['request', 'Topic `request`', 'Told to subscribers that chose it.'],
  ['complaint', 'Topic `complaint`', 'Told to subscribers that chose it.'],
  [
    'data',
    'Notices',
    'Told to every subscriber, whatever it chose (GDPR 19). Which subscriber was given which notice is recorded.',
  ],
];

function section(one: FeedEvent): readonly string[] {
  const properties = propertiesOf(one.fields);
  const rows = Object.entries(one.fields).map(([name, { optional }]) => [
    optional ? `${code(name)} (optional)` : code(name),
    name === 'field' ? 'name of a field of a session’s event ([events](events.md))' : formOf(properties[name] ?? {}),
  ]);
  return [
    `### ${one.type}`,
    `${one.doc} From [${one.of.type}](events.md#${one.of.type.toLowerCase()}).`,
    table(['Field', 'Form'], rows),
  ];
}
