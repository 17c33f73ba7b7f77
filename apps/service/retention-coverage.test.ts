import { keptAs } from '#domain/retention/rules.js';
import type { EventDefinition } from '#kernel/define-event.js';
import { bindings } from '../composition/bindings.js';

const declared: readonly EventDefinition[] = bindings.flatMap(({ events }) => events);
/** `Type.field` of everything sealed that no rule of retention takes. */
const without = (definitions: readonly EventDefinition[]): readonly string[] =>
  definitions.flatMap(({ type, subject, data }) =>
    Object.entries(data).flatMap(([field, { personal }]) =>
      personal && !keptAs[subject ?? '']?.[personal.cell]?.length ? [`${type}.${field}`] : [],
    ),
  );

describe('every sealed text', () => {
  it('has a rule of retention, or is named here [charter:4.4c]', () => {
    expect(declared.length).toBeGreaterThan(100);
    expect(without(declared)).toEqual([]);
  });

  it('that has none is found by its name', () => {
    const one = declared.find(({ type }) => type === 'IncidentRecorded');
    if (one === undefined) throw new Error('no such event');
    const { subject: _, ...nobody } = one;
    expect(without([{ ...nobody, subject: 'strangerId' } as unknown as EventDefinition])).toContain(
      'IncidentRecorded.nature',
    );
  });
});
