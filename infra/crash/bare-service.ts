import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { CommandEnvelope } from '#application/command.js';
import type { Temoin } from '#application/temoin.js';
import { loadConfiguration } from '../../apps/composition/configuration.js';
import { openInstallation } from '../../apps/composition/installation.js';
import type { Stores } from '../../apps/composition/stores.js';
import { type Armed, dyingStores } from './steps/dying-stores.js';

/**
 * The composed application in a process of its own behind the barest of HTTP, for the runs that are there for their
 * number: it starts in a fraction of the time that the whole service takes. It knows the crash ring's commands only, and
 * trusts its client. Same folder, same stores, same projections, same receipts. Three addresses
 * are for the runs alone: `/arm` says at which step to die, `/rebuild` rebuilds every view, `/clock` sets the clock wrong.
 */

const ROLES = ['Administrator', 'Director', 'SupportLead', 'Technician'];
const ACTOR = 'crash-ring';

type Body = Readonly<Record<string, unknown>>;

interface Target {
  readonly stream: string;
  readonly id: string;
  readonly command: { readonly type: string };
}

/** The command that a path stands for, as the service's controllers have it. */
function targetOf(path: string, body: Body, newId: (label: string) => string): Target {
  const of = (category: string, id: string, type: string): Target => ({
    stream: `${category}-${id}`,
    id,
    command: { ...body, [`${category}Id`]: id, type } as Target['command'],
  });
  if (path === '/staff') return of('staff', newId('staff'), 'RegisterStaff');
  if (path === '/members') return of('member', newId('member'), 'RegisterMember');
  if (path === '/closures') {
    const id = newId('closure');
    return { stream: 'calendar-association', id, command: { ...body, closureId: id, type: 'DeclareClosure' } as never };
  }
  const [, category = '', id = '', change = ''] = /^\/(staff|member)s?\/([^/]+)\/(.+)$/.exec(path) ?? [];
  const types: Readonly<Record<string, string>> = {
    identity: 'CorrectMemberIdentity',
    'membership/lapse': 'LapseMembership',
    'membership/renew': 'RenewMembership',
    skills: 'RecordTechnicianSkill',
  };
  const type = types[change];
  if (type === undefined) throw new TypeError('not a command of the crash ring');
  return of(category, id, type);
}

async function answer(temoin: Temoin, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const send = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
  const path = (request.url ?? '').replace('/api/v1', '');
  const raw = await text(request);
  if (path === '/arm') {
    dying?.arm(JSON.parse(raw) as Armed);
    send(204, {});
    return;
  }
  if (path === '/clock') {
    const { milliseconds } = JSON.parse(raw) as { readonly milliseconds: number };
    Date.now = () => machineNow() + milliseconds;
    send(204, {});
    return;
  }
  if (path === '/rebuild') {
    for (const { schema } of temoin.views) await temoin.rebuild(schema.name);
    send(204, {});
    return;
  }
  const commandId = temoin.ids.commandId(ACTOR, `${path} ${request.headers['idempotency-key']}`);
  const target = targetOf(path, JSON.parse(raw), (label) => temoin.ids.newId(commandId, label));
  const seen = /^"(\d+)"$/.exec(request.headers['if-match'] ?? '')?.[1];
  const envelope: CommandEnvelope = {
    commandId,
    actor: ACTOR,
    actorRoles: ROLES,
    stream: target.stream,
    command: target.command,
    requestDigest: temoin.ids.requestDigest(`${path}\n${raw}`),
    ...(seen === undefined ? {} : { expectedRevision: Number(seen) }),
  };
  const outcome = await temoin.execute(envelope);
  if (outcome.outcome !== 'accepted') {
    send(outcome.outcome === 'refused' || outcome.outcome === 'conflict' ? 409 : 422, { outcome: outcome.outcome });
    return;
  }
  const replayed = outcome.repeated ? { 'idempotency-replayed': 'true' } : undefined;
  send(200, { ...outcome.receipt, id: target.id }, replayed);
}

const machineNow = Date.now;
let dying: ReturnType<typeof dyingStores> | undefined;
const through = (stores: Stores) => {
  dying = dyingStores(stores);
  return dying.stores;
};
const configuration = loadConfiguration(process.env, process.argv.slice(2));
const { temoin } = await openInstallation(configuration, { lock: true, through });
const server = createServer((request, response) => {
  answer(temoin, request, response).catch((error: unknown) => {
    response.writeHead(500, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: String(error) }));
  });
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port} Ctrl-C\n`);
});
