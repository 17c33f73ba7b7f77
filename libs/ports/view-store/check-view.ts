import {
  type CollectionSchema,
  type Document,
  type DocumentWrite,
  type FieldType,
  type Step,
  type ViewSchema,
  ViewStoreError,
} from './view-store.js';

const NAME = /^[a-z][a-z0-9_]{0,39}$/;
/** Rebuilds live under the view's own name with a mark that no name can have. */
const VIEW_NAME = /^[a-z][a-z0-9_]{0,39}(~rebuild)?$/;
const DEEPEST = 64;

export const rebuildOf = (view: ViewSchema): ViewSchema => ({
  ...view,
  name: view.name.endsWith('~rebuild') ? view.name : `${view.name}~rebuild`,
});

/** @throws ViewStoreError `invalid-query` the declaration of a view is wrong: a fault of the programme */
export function checkSchema(view: ViewSchema): void {
  const wrong = (what: string) => new ViewStoreError('invalid-query', `view ${view.name}: ${what}`);
  if (!VIEW_NAME.test(view.name)) throw new ViewStoreError('invalid-query', 'a view needs a lower-case name');
  if (!Number.isInteger(view.version) || view.version < 1) throw wrong('the version must be a whole number from 1');
  const names = view.collections.map((collection) => collection.name);
  if (new Set(names).size !== names.length) throw wrong('a collection is declared twice');
  for (const { name, fields, indexes } of view.collections) {
    if (!NAME.test(name)) throw wrong('a collection needs a lower-case name');
    for (const index of indexes) {
      const types = index.map((field) => (Object.hasOwn(fields, field) ? fields[field] : undefined));
      if (index.length === 0 || new Set(index).size !== index.length || types.includes(undefined))
        throw wrong(`an index of ${name} must name declared fields, each once`);
      if (types.filter((type) => type === 'texts').length > 1)
        throw wrong(`an index of ${name} has more than one list of texts`);
    }
  }
}

/** @throws ViewStoreError `invalid-query` no such collection */
export function collectionOf(view: ViewSchema, name: string): CollectionSchema {
  const found = view.collections.find((collection) => collection.name === name);
  if (!found) throw new ViewStoreError('invalid-query', `view ${view.name} has no such collection`);
  return found;
}

/**
 * What every engine checks before it writes, so that all keep the same documents.
 * @throws ViewStoreError `invalid-write` a collection that is not declared, a bad id, something that is not JSON, a value of
 *   another type than its field's. The message never repeats a value.
 */
export function checkStep(view: ViewSchema, step: Omit<Step, 'fence'>): void {
  checkPosition(step.checkpoint);
  checkWrites(view, step.writes);
}

/** @throws ViewStoreError `invalid-write`, as {@link checkStep} */
export function checkWrites(view: ViewSchema, writes: readonly DocumentWrite[]): void {
  for (const write of writes) checkWrite(view, write);
}

function checkWrite(view: ViewSchema, write: DocumentWrite): void {
  const collection = view.collections.find((one) => one.name === write.collection);
  if (!collection) throw invalid(`view ${view.name} has no such collection`);
  if (!isId(write.id)) throw invalid('an id must have 1 to 200 characters of well-formed text without NUL');
  checkPosition(write.position);
  if (write.document === null) return;
  if (!isPlainObject(write.document)) throw invalid('a document must be an object');
  checkJson(write.document, 0);
  for (const [field, type] of Object.entries(collection.fields))
    if (!isOfType(Object.hasOwn(write.document, field) ? write.document[field] : undefined, type))
      throw invalid(`${write.collection}.${field} must be ${type}`);
}

const invalid = (message: string) => new ViewStoreError('invalid-write', message);
export const isId = (id: unknown): id is string =>
  typeof id === 'string' && id.length >= 1 && id.length <= 200 && id.isWellFormed() && !id.includes('\0');

function checkPosition(position: unknown): void {
  if (typeof position !== 'string' || !/^[\x21-\x7e]{1,100}$/.test(position)) throw invalid('a position is missing');
}

function isOfType(value: unknown, type: FieldType): boolean {
  if (value === undefined || value === null) return true;
  if (type === 'texts') return Array.isArray(value) && value.every((one) => typeof one === 'string');
  return typeof value === (type === 'text' ? 'string' : type);
}

const isPlainObject = (value: unknown): value is Document => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return true;
  // Objects of another realm (a test runner's) have that realm's Object.prototype: recognised by being the last in its chain.
  return Object.getPrototypeOf(prototype) === null;
};

/** Names are few, and the same in all documents. */
const names = new Set<string>();
const MOST_NAMES = 2000;
function isName(key: string): boolean {
  if (names.has(key)) return true;
  if (!key.isWellFormed() || key.includes('\0')) return false;
  if (names.size < MOST_NAMES) names.add(key);
  return true;
}

function checkJson(value: unknown, depth: number): void {
  if (depth > DEEPEST) throw invalid(`a document is nested deeper than ${DEEPEST} levels`);
  switch (typeof value) {
    case 'string':
      if (!value.isWellFormed()) throw invalid('a document holds text with half a character (a lone surrogate)');
      return;
    case 'number':
      if (!Number.isFinite(value)) throw invalid('a document holds a number that JSON has no form for');
      return;
    case 'boolean':
      return;
    case 'object':
      if (value === null) return;
      if (Array.isArray(value)) {
        for (const one of value) checkJson(one, depth + 1);
        return;
      }
      if (isPlainObject(value)) {
        for (const key of Object.keys(value)) {
          if (!isName(key)) throw invalid('a document has a property name that cannot be kept');
          const one = value[key];
          if (one !== undefined) checkJson(one, depth + 1);
        }
        return;
      }
  }
  throw invalid('a document holds something that is not JSON');
}
