import { type FeedEvent, type PropertySchema, propertiesOf } from './feed-event.js';
import { feedEvents } from './feed-events.js';

type Schema = Readonly<Record<string, unknown>>;

/**
 * JSON Schema 2020-12 of everything that the feed can send: a batch, whose items are one of the declared events. Properties
 * that it does not name may be added within a version: who reads leaves them alone.
 */
export function feedJsonSchema(): Schema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'temoin:feed:1',
    title: 'Batch of the feed',
    description: 'The body of one delivery: application/cloudevents-batch+json (CloudEvents 1.0).',
    type: 'array',
    minItems: 1,
    items: { anyOf: feedEvents.map(({ type }) => ({ $ref: `#/$defs/${type}` })) },
    $defs: Object.fromEntries(feedEvents.map((one) => [one.type, schemaOfEvent(one)])),
  };
}

export function schemaOfEvent(one: FeedEvent): Schema {
  const required = Object.entries(one.fields).flatMap(([name, { optional }]) => (optional ? [] : [name]));
  return {
    title: one.type,
    description: one.doc,
    type: 'object',
    properties: {
      specversion: { const: '1.0' },
      id: { type: 'string', format: 'uuid' },
      source: { type: 'string', pattern: '^urn:temoin:installation:' },
      type: { const: one.type },
      subject: { type: 'string', pattern: `^${one.about[0]}/` },
      time: { type: 'string', format: 'date-time' },
      datacontenttype: { const: 'application/json' },
      data: { type: 'object', properties: plain(propertiesOf(one.fields)), required },
    },
    required: ['specversion', 'id', 'source', 'type', 'subject', 'time', 'datacontenttype', 'data'],
  };
}

/** Without the marks of our own declarations that say nothing to others. */
const plain = (properties: Readonly<Record<string, PropertySchema>>) =>
  Object.fromEntries(Object.entries(properties).map(([name, { readOnly: _, ...schema }]) => [name, schema]));
