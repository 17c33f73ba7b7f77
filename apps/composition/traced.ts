import type { Binding } from '#application/bind.js';
import type { Erasure } from '#application/erasure/erasure.js';
import { codeOf } from '#application/fault.js';
import type { Temoin } from '#application/temoin.js';
import { isRefusal } from '#kernel/refusal.js';
import type { Opened } from '#kernel/sealed.js';
import type { EventStore } from '#ports/event-store/event-store.js';
import type { KeyVault } from '#ports/key-vault/key-vault.js';
import type { Mailer } from '#ports/mailer/mailer.js';
import type { Tracer } from '#ports/tracer/tracer.js';
import type { ViewStore } from '#ports/view-store/view-store.js';
import type { WebhookSender } from '#ports/webhook-sender/webhook-sender.js';
import type { Stores } from './stores.js';

/**
 * The parts of an installation, each with spans around what it is asked. Without a tracer none of this stands between
 * anything. Of streams only the category is said: the rest of the name is somebody's or something's id.
 */
export const tracedStores = (tracer: Tracer, stores: Stores): Stores => ({
  ...stores,
  eventStore: tracedEventStore(tracer, stores.eventStore),
  viewStore: tracedViewStore(tracer, stores.viewStore),
  keyVault: tracedKeyVault(tracer, stores.keyVault),
});

const tracedEventStore = (tracer: Tracer, eventStore: EventStore): EventStore => ({
  ...eventStore,
  append: (stream, expected, events) =>
    tracer.inside('append', { 'temoin.category': categoryOf(stream), 'temoin.events': events.length }, () =>
      eventStore.append(stream, expected, events),
    ),
});

/** A batch of a projection, or of a rebuild, is one step of the view store; how far a quiet stretch was read is none. */
const tracedViewStore = (tracer: Tracer, viewStore: ViewStore): ViewStore => ({
  ...viewStore,
  apply: (view, step) =>
    step.writes.length === 0
      ? viewStore.apply(view, step)
      : tracer.span(
          'projection batch',
          { 'temoin.view': view.name, 'temoin.documents': step.writes.length },
          async (span) => {
            const outcome = await viewStore.apply(view, step);
            span.add({ 'temoin.outcome': outcome });
            return outcome;
          },
        ),
  applyAll(steps, fence) {
    const touched = steps.filter(({ step }) => step.writes.length > 0);
    if (touched.length === 0) return viewStore.applyAll(steps, fence);
    const batch = {
      'temoin.view': touched.map(({ view }) => view.name).join(' '),
      'temoin.documents': touched.reduce((sum, { step }) => sum + step.writes.length, 0),
    };
    return tracer.span('projection batch', batch, async (span) => {
      const outcomes = await viewStore.applyAll(steps, fence);
      span.add({ 'temoin.outcome': outcomes.includes('fenced') ? 'fenced' : 'applied' });
      return outcomes;
    });
  },
  fill(fillings, fence) {
    const documents = fillings.reduce((sum, one) => sum + one.documents.length, 0);
    return tracer.span('rebuild batch', { 'temoin.documents': documents }, () => viewStore.fill(fillings, fence));
  },
});

const tracedKeyVault = (tracer: Tracer, keyVault: KeyVault): KeyVault => ({
  ...keyVault,
  getOrCreate: (candidates) =>
    tracer.inside('keys made or found', { 'temoin.keys': candidates.length }, () => keyVault.getOrCreate(candidates)),
  lookup: (cells) => tracer.inside('keys looked up', { 'temoin.keys': cells.length }, () => keyVault.lookup(cells)),
  destroy: (cell, why) =>
    tracer.inside('keys destroyed', {}, async (span) => {
      const tombstones = await keyVault.destroy(cell, why);
      span.add({ 'temoin.keys': tombstones.length });
      return tombstones;
    }),
});

export const tracedBindings = (tracer: Tracer, bindings: readonly Binding[]): readonly Binding[] =>
  bindings.map((one) => ({
    ...one,
    facts: (input) => tracer.inside('facts', { 'temoin.category': one.category }, () => one.facts(input)),
    decide: (command, state, facts) =>
      tracer.inside('decision', { 'temoin.category': one.category }, (span) => {
        const decided = one.decide(command, state, facts);
        span.add(
          isRefusal(decided)
            ? { 'temoin.outcome': 'refused', 'temoin.refusal': decided.code }
            : { 'temoin.outcome': 'decided', 'temoin.events': decided.length },
        );
        return decided;
      }),
  }));

export const tracedCommands = (tracer: Tracer, temoin: Temoin): Temoin => ({
  ...temoin,
  execute(envelope) {
    const { stream, command, correlationId, actor } = envelope;
    const asked = {
      'temoin.category': categoryOf(stream),
      'temoin.command': command.type,
      // what the service does by itself is linked by an id that stands for a case: no trace carries one
      ...(correlationId === undefined || actor === 'system' ? {} : { 'temoin.correlation_id': correlationId }),
    };
    return tracer.span('command', asked, async (span) => {
      const outcome = await temoin.execute(envelope);
      const repeated = outcome.outcome === 'accepted' && outcome.repeated;
      span.add({
        'temoin.outcome': repeated ? 'repeated' : outcome.outcome,
        ...(outcome.outcome === 'refused' ? { 'temoin.refusal': outcome.refusal.code } : {}),
      });
      return outcome;
    });
  },
});

/** How many sealed values were opened in the span under way, by what they answered. */
export const tracedOpening =
  (tracer: Tracer) =>
  (answers: readonly Opened<unknown>[]): void => {
    const count = (state: Opened<unknown>['state']) => answers.filter((one) => one.state === state).length;
    tracer.note('values opened', {
      'temoin.present': count('present'),
      'temoin.erased': count('erased'),
      'temoin.unreadable': count('unreadable'),
    });
  };

/** Neither to whom nor what: that a letter went out, and how. */
export const tracedMailer = (tracer: Tracer, mailer: Mailer): Mailer => ({
  ...mailer,
  send: (mail) => sending(tracer, 'letter sent', () => mailer.send(mail)),
});

export const tracedWebhooks = (tracer: Tracer, sender: WebhookSender): WebhookSender => ({
  send: (message, signal) => sending(tracer, 'delivery sent', () => sender.send(message, signal)),
});

const sending = (tracer: Tracer, name: string, send: () => Promise<void>): Promise<void> =>
  tracer.span(name, {}, async (span) => {
    try {
      await send();
      span.add({ 'temoin.outcome': 'taken' });
    } catch (error) {
      span.add({ 'temoin.outcome': codeOf(error) ?? 'fault' });
      throw error;
    }
  });

export const tracedErasure = (tracer: Tracer, erasure: Erasure): Erasure => ({
  destroy: (target) => tracer.span('erasure: keys', {}, () => erasure.destroy(target)),
  carryOut: (target) =>
    tracer.span('erasure', {}, async (span) => {
      const outcome = await erasure.carryOut(target);
      span.add({ 'temoin.outcome': outcome });
      return outcome;
    }),
  finish: (except) =>
    tracer.span('erasures', {}, async (span) => {
      const left = await erasure.finish(except);
      span.add({ 'temoin.unfinished': left.length });
      return left;
    }),
});

const categoryOf = (stream: string): string => stream.split('-', 1)[0] ?? '';
