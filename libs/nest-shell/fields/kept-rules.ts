import { getMetadataStorage } from 'class-validator';

/**
 * class-validator looks through all classes of the program, for one that a body's class may extend, each time a body is
 * validated. Classes are declared once, before the first request: what it finds for one is kept.
 */
export function keepFoundRules(): void {
  const storage = getMetadataStorage();
  const find = storage.getTargetValidationMetadatas.bind(storage);
  const kept = new Map<unknown, ReturnType<typeof find>>();
  storage.getTargetValidationMetadatas = (type, schema, always, strictGroups, groups) => {
    if (schema || always || strictGroups || groups) return find(type, schema, always, strictGroups, groups);
    const known = kept.get(type);
    if (known) return known;
    const found = find(type, schema, always, strictGroups, groups);
    kept.set(type, found);
    return found;
  };
}
