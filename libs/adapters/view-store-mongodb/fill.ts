import type { AnyBulkWriteOperation } from 'mongodb';
import { collectionOf } from '#ports/view-store/check-view.js';
import type { Fence, FilledDocument, Filling } from '#ports/view-store/view-store.js';
import { allOf } from './apply.js';
import type { Leases } from './leases.js';
import { type StoredDocument, storedFrom } from './places.js';
import type { Register } from './register.js';

/**
 * Documents of views that are being rebuilt: no guard is asked for and no order is kept between them, so that collections are
 * written side by side, and what is known to be new is only inserted.
 */
export function fillingOn(register: Register, leases: Leases) {
  async function fillOne({ rebuilt, documents }: Filling): Promise<void> {
    const entry = await register.require(rebuilt);
    const byCollection = new Map<string, FilledDocument[]>();
    for (const one of documents) {
      const known = byCollection.get(one.collection);
      if (known) known.push(one);
      else byCollection.set(one.collection, [one]);
    }
    await allOf(
      [...byCollection].map(async ([name, all]) => {
        const schema = collectionOf(rebuilt, name);
        const operations = all.flatMap((one): AnyBulkWriteOperation<StoredDocument>[] => {
          const { id, document, position, fresh } = one;
          if (document === null) return fresh ? [] : [{ deleteOne: { filter: { _id: id } } }];
          const stored = storedFrom(schema, id, position, document);
          if (fresh) return [{ insertOne: { document: stored } }];
          const { _id, ...replacement } = stored;
          return [{ replaceOne: { filter: { _id }, replacement, upsert: true } }];
        });
        if (operations.length > 0) await register.documents(entry, name).bulkWrite(operations, { ordered: false });
      }),
    );
  }

  return async function fill(fillings: readonly Filling[], fence: Fence | undefined): Promise<'filled' | 'fenced'> {
    if (fence && !(await leases.isPresent(fence))) return 'fenced';
    await allOf(fillings.map(fillOne));
    return 'filled';
  };
}
