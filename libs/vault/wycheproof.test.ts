import { createSecretKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { notRun, sharedFile } from '#testing/shared-data.js';
import { decrypt, encrypt, NONCE_BYTES } from './aead.js';

interface Group {
  readonly keySize: number;
  readonly ivSize: number;
  readonly tagSize: number;
  readonly tests: readonly {
    readonly tcId: number;
    readonly key: string;
    readonly iv: string;
    readonly aad: string;
    readonly msg: string;
    readonly ct: string;
    readonly tag: string;
    readonly result: 'valid' | 'invalid' | 'acceptable';
  }[];
}

const file = sharedFile('vectors', 'wycheproof-aes-gcm.json');
const hex = (text: string) => Buffer.from(text, 'hex');

describe('AES-256-GCM against the Wycheproof vectors', () => {
  if (file === undefined) {
    it('not run: the vectors are absent', () => notRun('wycheproof-aes-gcm.json'));
    return;
  }
  const { testGroups, numberOfTests } = JSON.parse(readFileSync(file, 'utf8')) as {
    testGroups: readonly Group[];
    numberOfTests: number;
  };
  const supported = (group: Group) => group.keySize === 256 && group.ivSize === 96 && group.tagSize === 128;
  const cases = testGroups.flatMap((group) => group.tests.map((test) => ({ ...test, supported: supported(group) })));
  const attempt = (test: (typeof cases)[number]) => {
    const key = createSecretKey(hex(test.key));
    const sealed = Buffer.concat([hex(test.ct), hex(test.tag)]);
    const outcome = (run: () => Buffer): string => {
      try {
        return run().toString('hex');
      } catch (error) {
        return String((error as { code?: unknown }).code);
      }
    };
    return {
      opened: outcome(() => decrypt(key, hex(test.iv), sealed, hex(test.aad))),
      sealed: outcome(() => encrypt(key, hex(test.iv), hex(test.msg), hex(test.aad)).subarray(NONCE_BYTES)),
      expected: sealed.toString('hex'),
    };
  };

  it('runs all 316 cases', () => {
    expect(cases).toHaveLength(numberOfTests);
    expect(cases).toHaveLength(316);
    const run = cases.filter((test) => test.supported).length;
    process.stdout.write(`wycheproof: ${run} cases computed, ${cases.length - run} of other lengths refused\n`);
    expect(run).toBeGreaterThan(50);
  });

  it('encrypts and decrypts every valid case of our lengths', () => {
    for (const test of cases.filter((one) => one.supported && one.result === 'valid')) {
      const answer = attempt(test);
      expect([test.tcId, answer.opened]).toEqual([test.tcId, test.msg]);
      expect([test.tcId, answer.sealed]).toEqual([test.tcId, answer.expected]);
    }
  });

  it('refuses every invalid case of our lengths', () => {
    const invalid = cases.filter((one) => one.supported && one.result !== 'valid');
    expect(invalid.length).toBeGreaterThan(10);
    for (const test of invalid) expect([test.tcId, attempt(test).opened]).toEqual([test.tcId, 'not-authentic']);
  });

  it('refuses every other length of key, nonce or tag', () => {
    for (const test of cases.filter((one) => !one.supported)) {
      const { opened } = attempt(test);
      expect([test.tcId, ['unsupported-length', 'not-authentic'].includes(opened)]).toEqual([test.tcId, true]);
    }
  });
});
