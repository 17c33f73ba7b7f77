import { sealedWithin } from '#application/erasure/sealed-within.js';
import type { Opened, Sealed } from '#kernel/sealed.js';
import { bindings } from '../../apps/composition/bindings.js';
import { loadConfiguration } from '../../apps/composition/configuration.js';
import { type Installation, openInstallation } from '../../apps/composition/installation.js';
import { personalFields, personalFieldsIn } from './planter.js';

/** What every sealed value of the log and of every view answers, opened as a tool beside the service opens it. */
export interface OpenedEverything {
  /** How many values of the member answer what. */
  readonly ofMember: Readonly<Record<Opened<unknown>['state'], number>>;
  readonly ofOthers: Readonly<Record<Opened<unknown>['state'], number>>;
  /** Every readable text. */
  readonly texts: string;
  /** `Type.field` of personal fields that are declared and that no event carries. */
  readonly neverSent: readonly string[];
}

export async function openEverything(
  env: Readonly<Record<string, string>>,
  data: string,
  memberId: string,
): Promise<OpenedEverything> {
  const installation = await openInstallation(loadConfiguration(env, ['--data', data], { simulation: true }), {
    lock: false,
  });
  try {
    return await read(installation, memberId);
  } finally {
    await installation.close();
  }
}

async function read({ temoin }: Installation, memberId: string): Promise<OpenedEverything> {
  const declared = personalFields(bindings.flatMap((binding) => binding.events));
  const sent = new Set<string>();
  const values: Sealed<unknown>[] = [];
  for await (const stored of temoin.eventStore.readAll()) {
    const { type, version, data } = temoin.decode(stored);
    for (const field of personalFieldsIn([{ type, version, data }], declared)) sent.add(field);
    values.push(...sealedWithin(data));
  }
  for (const { schema } of temoin.views)
    for (const { name } of schema.collections)
      for await (const { document } of temoin.viewStore.scan(schema, name)) values.push(...sealedWithin(document));
  const counts = () => ({ present: 0, erased: 0, unreadable: 0 });
  const [ofMember, ofOthers] = [counts(), counts()];
  const texts: string[] = [];
  for (const [index, opened] of (await temoin.freshOpener().open(values)).entries()) {
    const mine = values[index]?.$sealed.cell.split('/', 1)[0] === memberId;
    (mine ? ofMember : ofOthers)[opened.state] += 1;
    if (opened.state === 'present') texts.push(JSON.stringify(opened.value));
  }
  return { ofMember, ofOthers, texts: texts.join('\n'), neverSent: [...declared].filter((one) => !sent.has(one)) };
}
