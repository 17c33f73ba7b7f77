import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { type OpenTracer, openTracer } from '#adapters/tracer-opentelemetry/tracer-opentelemetry.js';
import { letterPost } from '#application/letters/post-letters.js';
import { dueRunner } from '#application/processes/run-due.js';
import type { AnsweredRequest } from '#nest-shell/service-parts.js';
import type { Mail } from '#ports/mailer/mailer.js';
import { type OtlpReceiver, openOtlpReceiver } from '#testing/otlp-receiver.js';
import { openSlice, type Slice, type SliceAnswer } from './slice.js';
import { prepareStory, publishCharter, type Story } from './slice-story.js';

const PHONE = '03 83 00 00 00';
export const PUBLIC = 'https://appui.exemple.test';
export const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** A member with an address who consented, the letters that follow, and the page that they lead to. */
export interface MemberPage {
  readonly slice: Slice;
  readonly story: Story;
  readonly answered: readonly AnsweredRequest[];
  readonly mails: readonly Mail[];
  readonly collector: OtlpReceiver;
  readonly traces: OpenTracer;
  /** Does what is due. */
  write(): Promise<unknown>;
  /** Gives what waits to a mail system that takes everything. */
  post(links?: { readonly publicUrl: string; readonly days: number } | 'none'): Promise<void>;
  receipt(): Mail;
  /** As it is read: without what holds words together or makes them bold. */
  open(path: string): Promise<SliceAnswer>;
  /** What is shown in the end: a browser follows. */
  answer(path: string, form?: string): Promise<SliceAnswer>;
  // biome-ignore lint/suspicious/noExplicitAny: see SliceAnswer
  consent(): Promise<any>;
  /** @throws Error where the service met a fault */
  close(): Promise<void>;
}

export async function openMemberPage(): Promise<MemberPage> {
  const time = frenchCivilTime();
  const answered: AnsweredRequest[] = [];
  const mails: Mail[] = [];
  const collector = await openOtlpReceiver();
  const nothing = () => undefined;
  const traces = openTracer({ url: collector.url, serviceName: 'temoin', onLost: nothing, onDelivered: nothing });
  const { tracer } = traces;
  const slice = await openSlice({ phone: PHONE, onAnswer: (one) => answered.push(one), tracer });
  const story = await prepareStory(slice, await publishCharter(slice));
  const { revision } = await slice.ok('SupportLead', 'GET', `/members/${story.memberId}?purpose=quality`);
  const identity = `/api/v1/members/${story.memberId}/identity`;
  const body = { email: 'eve@exemple.test', reason: 'change-of-situation' };
  await slice.send('POST', identity, body, { as: 'SupportLead', headers: { 'if-match': `"${revision}"` } });
  const write = () => dueRunner({ temoin: slice.temoin, time, onAlarm: nothing })();
  await slice.settled();
  await write();

  const read = async (asked: Promise<SliceAnswer>): Promise<SliceAnswer> => {
    const got = await asked;
    return { ...got, text: got.text.replaceAll('\u00a0', ' ').replace(/<\/?(strong|a)[^>]*>/g, '') };
  };
  const open = (path: string) => read(slice.send('GET', path));
  return {
    slice,
    story,
    answered,
    mails,
    collector,
    traces,
    write,
    async post(links = { publicUrl: PUBLIC, days: 30 }) {
      const mailer = { send: async (mail: Mail) => void mails.push(mail), close: async () => undefined };
      const given = links === 'none' ? undefined : links;
      await letterPost({ temoin: slice.temoin, time, mailer, links: given, phone: PHONE }).post();
      await slice.settled();
    },
    receipt() {
      const mail = mails.find(({ text }) => text.includes('Reçu de votre consentement'));
      if (mail === undefined) throw new Error('no receipt was sent');
      return mail;
    },
    open,
    async answer(path, form = '') {
      const got = await read(slice.send('POST', path, form, { headers: FORM }));
      return got.status === 303 ? open(`${path}${got.headers.location}`) : got;
    },
    consent: async () => slice.ok('Director', 'GET', `/consents/${story.sessionId}?purpose=dispute`),
    async close() {
      await slice.close();
      await traces.close();
      await collector.close();
      if (slice.faults.length > 0) throw new Error(`the service met faults: ${JSON.stringify(slice.faults)}`);
    },
  };
}

export const linkIn = (mail: Mail): string =>
  /https:\/\/appui\.exemple\.test(\/m\/[A-Za-z0-9_-]+)/.exec(mail.text)?.[1] ?? '';
