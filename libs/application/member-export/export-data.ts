import { z } from 'zod';

export const EXPORT_FORMAT = 'temoin-member-export/1';

const erased = z
  .strictObject({ erased: z.strictObject({ at: z.iso.datetime(), proof: z.string() }) })
  .meta({ description: 'Was destroyed; the proof names the destruction.' });
const masked = z
  .strictObject({ masked: z.literal('third-person') })
  .meta({ description: 'About somebody else than the member.' });
const value = z.union([erased, masked, z.json()]);
const text = z.union([z.string(), erased, masked]);

const event = z.strictObject({
  eventId: z.string(),
  type: z.string().meta({ description: 'Name of the fact; each has its schema in docs/reference/schemas.' }),
  version: z.int(),
  title: z.string().meta({ description: 'The same in French.' }),
  recordedAt: z.iso.datetime(),
  by: z.string().meta({ description: 'Who recorded it: a role or a pseudonym, never a name.' }),
  providedByMember: z.boolean().meta({ description: 'Provided by the member: owed under portability (GDPR 20).' }),
  personal: z.array(z.string()).meta({ description: 'Names of the fields of `data` that are personal data.' }),
  data: z.record(z.string(), value),
});

const record = z.strictObject({
  kind: z.string().meta({ description: '`member`, `request`, `session`, `rights`, `custody`, `access`, `complaint`…' }),
  reference: z.string(),
  events: z.array(event),
});

/** Everything held on a member, as it is given to them (GDPR 15 and 20). */
export const memberExportSchema = z.strictObject({
  format: z.literal(EXPORT_FORMAT),
  exportId: z.string(),
  memberId: z.string(),
  issuedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  upTo: z.string().nullable().meta({ description: 'Position in the log: nothing after it is in here.' }),
  about: z.strictObject({
    purposes: z.array(z.string()),
    categories: z.array(z.string()),
    recipients: z.array(z.string()),
    periods: z.array(z.strictObject({ what: z.string(), howLong: z.string() })),
    source: z.string(),
    rights: z.array(z.string()),
  }),
  identity: z.strictObject({
    membershipNumber: text.optional(),
    name: text.optional(),
    email: text.optional(),
    phone: text.optional(),
    postalAddress: text.optional(),
  }),
  records: z.array(record),
});

export type MemberExport = z.infer<typeof memberExportSchema>;
export type ExportedEvent = z.infer<typeof event>;
export type ExportedRecord = z.infer<typeof record>;

/** JSON Schema 2020-12 of the export. */
export const memberExportJsonSchema = (): Record<string, unknown> =>
  z.toJSONSchema(memberExportSchema, { target: 'draft-2020-12' }) as Record<string, unknown>;

/** What the member provided themselves, and nothing else: owed under portability (GDPR 20). The same schema. */
export function portablePart(exported: MemberExport): MemberExport {
  const records = exported.records.flatMap((record) => {
    const events = record.events.filter((one) => one.providedByMember);
    return events.length === 0 ? [] : [{ ...record, events }];
  });
  return { ...exported, records };
}

/** The file's text: the same export gives the same bytes. */
export const exportText = (exported: MemberExport): string => `${JSON.stringify(exported, null, 2)}\n`;
