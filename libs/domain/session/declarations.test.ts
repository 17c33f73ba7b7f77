import { jsonSchemaOf } from '#kernel/define-event.js';
import { isRuleId } from '../charter/rules.js';
import { requestEvents } from '../request/events.js';
import { sessionEvents } from './events.js';

const all = [...requestEvents, ...sessionEvents];

describe('the declarations of requests and sessions', () => {
  it('name rules that exist, and types that are told apart', () => {
    for (const one of all) expect(one.rules.filter((rule) => !isRuleId(rule))).toEqual([]);
    expect(new Set(all.map((one) => one.type)).size).toBe(all.length);
  });

  it('seal every free text in a cell of its own below its request or session [charter:3.3a]', () => {
    const free = [
      'problem',
      'scope',
      'zones',
      'note',
      'text',
      'description',
      'state',
      'comment',
      'value',
      'recommendations',
    ];
    for (const { type, data } of all)
      for (const [name, field] of Object.entries(data))
        if (free.includes(name)) expect([type, name, field.personal?.strikeable]).toEqual([type, name, true]);
  });

  it('have no field for a password, and none for confidential data [charter:5.1a] [charter:3.2d]', () => {
    const names = all.flatMap((one) => Object.keys(one.data));
    expect(
      names.filter((name) => /password|secret(?!sTold)|pin\b|screenshot|attachment|clipboard/i.test(name)),
    ).toEqual(['passwordsChanged']);
    const flag = requestEvents[0].data.confidentialDataPresent;
    expect(flag.schema.safeParse('IBAN').success).toBe(false);
  });

  it('mark personal data in their JSON Schema', () => {
    const schema = jsonSchemaOf(requestEvents[0]) as {
      properties: Record<'problem' | 'channel', Record<string, unknown>>;
    };
    expect(schema.properties.problem['x-personal-data']).toMatchObject({ cell: 'request', strikeable: true });
    expect(schema.properties.channel['x-personal-data']).toBeUndefined();
  });
});
