import { mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { captured } from './captured.fixture.js';

let folder: string;
let data: string;
let first: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'temoin-keys-lost-'));
  data = join(folder, 'data');
  const added = await temoin(['staff', 'add', '--name', 'Camille Exemple']);
  expect(added.code).toBe(0);
  first = added.out.trim();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const temoin = (args: readonly string[], env: Record<string, string> = {}) => captured(['--data', data, ...args], env);
const elsewhere = (name: string) => ({ TEMOIN_KEY_VAULT: `sqlite://${join(folder, name)}` });
const staff = ['staff', 'add', '--name', 'Dominique Exemple'];
const rootKey = () => readFile(join(data, 'root-key.json'), 'utf8');

describe('an empty key vault beside a log that holds sealed values', () => {
  it('is refused with what to do, however often it is tried; nothing is made, and the right vault opens as before', async () => {
    const key = await rootKey();
    for (const command of [staff, ['journal'], ['keys', 'rotate'], staff]) {
      const refused = await temoin(command, elsewhere('wrong.sqlite'));
      expect(refused.code).toBe(5);
      for (const part of ['TEMOIN_KEY_VAULT', join(folder, 'wrong.sqlite'), 'temoin restore', 'temoin keys give-up'])
        expect(refused.err).toContain(part);
    }
    const doctor = await temoin(['doctor'], elsewhere('wrong.sqlite'));
    expect([doctor.code, doctor.out]).toEqual([1, expect.stringContaining('le coffre des clés est vide')]);
    expect((await temoin(staff, elsewhere('wrong.sqlite'))).code).toBe(5);
    expect(await rootKey()).toBe(key);
    expect((await temoin(['doctor'])).code).toBe(0);
  });

  it('gets no new root key where that is missing too', async () => {
    const [key, aside] = [join(data, 'root-key.json'), join(folder, 'root-key.aside')];
    await rename(key, aside);
    const refused = await temoin(staff, elsewhere('other.sqlite'));
    expect([refused.code, refused.err]).toEqual([5, expect.stringContaining('root key')]);
    await expect(rootKey()).rejects.toMatchObject({ code: 'ENOENT' });
    await rename(aside, key);
  });

  it('is no loss where the vault holds keys: nothing is given up', async () => {
    expect((await temoin(['keys', 'give-up', '--yes'])).code).toBe(3);
  });

  it('is accepted once the keys are given up, for what was written until then and no more', async () => {
    const unasked = await temoin(['keys', 'give-up'], elsewhere('new.sqlite'));
    expect([unasked.code, unasked.err]).toEqual([3, expect.stringContaining('Nothing was changed')]);
    expect((await temoin(staff, elsewhere('new.sqlite'))).code).toBe(5);
    expect((await temoin(['keys', 'give-up', '--yes'], elsewhere('new.sqlite'))).code).toBe(0);
    const added = await temoin(staff, elsewhere('new.sqlite'));
    expect(added.code).toBe(0);
    const second = added.out.trim();
    const reading = ['--open', '--purpose', 'dispute', '--as', second];
    const show = (staffId: string) =>
      temoin(['stream', 'show', `staff-${staffId}`, ...reading], elsewhere('new.sqlite'));
    const [old, fresh] = [await show(first), await show(second)];
    expect([old.code, fresh.code]).toEqual([0, 0]);
    expect([old.out.includes('Camille'), fresh.out.includes('Dominique')]).toEqual([false, true]);
    expect((await temoin(staff, elsewhere('newer.sqlite'))).code).toBe(5);
  });
});
