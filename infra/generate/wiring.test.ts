import { allViews } from '#views/all-views.js';
import { bindings } from '../../apps/composition/bindings.js';
import { sources } from './test-titles.js';

describe('what is written is wired', () => {
  it('has every view of libs/views in the one list', async () => {
    const declared = (await sources('libs/views')).flatMap(({ text }) =>
      [...text.matchAll(/export const \w+: ViewDefinition = \{[\s\S]*?name: '(\w+)'/g)].map(([, name = '']) => name),
    );
    expect(declared.length).toBeGreaterThan(10);
    expect(allViews.map((view) => view.schema.name).sort()).toEqual(declared.sort());
  });

  it('has one stream category for each aggregate, and no event type twice', () => {
    const categories = bindings.map((binding) => binding.category);
    expect(new Set(categories).size).toBe(categories.length);
    const types = bindings.flatMap((binding) => binding.events.map(({ type, version }) => `${type} ${version}`));
    expect(new Set(types).size).toBe(types.length);
  });
});
