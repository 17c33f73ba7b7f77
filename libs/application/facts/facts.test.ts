import { createHash, randomUUID } from 'node:crypto';
import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { charter } from '#domain/charter/charter.js';
import type { CharterCommand } from '#domain/charter/commands.js';
import type { StaffCommand } from '#domain/staff/commands.js';
import type { TokenCommand } from '#domain/token/commands.js';
import type { Instant, LocalDate } from '#kernel/time.js';
import { exampleCharter } from '#testing/charters.js';
import { openMemoryTemoin } from '#testing/open-memory-temoin.js';
import { bind } from '../bind.js';
import type { CommandOutcome } from '../command.js';
import { accessBinding } from './access.js';
import { charterBinding } from './charter.js';
import { staffBinding } from './staff.js';
import { tokenBinding } from './token.js';

const time = frenchCivilTime();
const bindings = [
  bind(charterBinding(time)),
  bind(staffBinding(time)),
  bind(tokenBinding()),
  bind(accessBinding(time)),
];
const open = () => openMemoryTemoin({ bindings, views: [] });
type Opened = Awaited<ReturnType<typeof open>>;

const give = (
  { execute }: Opened,
  stream: string,
  command: CharterCommand | StaffCommand | TokenCommand | { readonly type: string },
  actorRoles: readonly string[] = ['Director'],
): Promise<CommandOutcome> => execute({ commandId: randomUUID(), actor: 'staff-1', actorRoles, stream, command });

const codeOf = (outcome: CommandOutcome): string =>
  outcome.outcome === 'refused' ? outcome.refusal.code : outcome.outcome;

const publish: CharterCommand = {
  type: 'PublishCharter',
  charterVersionId: 'v1',
  effectiveFrom: '2026-01-01' as LocalDate,
  text: exampleCharter,
  parameters: {},
  acceptedMissing: [],
};

describe('facts read from other streams', () => {
  it('give the charter its hash, and an undertaking the versions published [charter:10.2] [charter:5.2]', async () => {
    const temoin = await open();
    const staffId = 'staff-1';
    const sign: StaffCommand = {
      type: 'SignConfidentialityUndertaking',
      staffId,
      signedOn: '2026-06-02' as LocalDate,
      charterVersionId: 'v1',
    };
    expect(
      codeOf(await give(temoin, 'staff-staff-1', { type: 'RegisterStaff', staffId, name: 'Camille' } as StaffCommand)),
    ).toBe('accepted');
    expect(codeOf(await give(temoin, 'staff-staff-1', sign))).toBe('undertaking-charter-unknown');
    expect(codeOf(await give(temoin, 'charter-association', publish))).toBe('accepted');
    expect(codeOf(await give(temoin, 'staff-staff-1', sign))).toBe('accepted');
    const { versions } = await temoin.reader.state(charter, 'association');
    expect(versions[0]?.textSha256).toBe(createHash('sha256').update(exampleCharter).digest('hex'));
    await temoin.close();
  });

  it('tie a token to a registered person, and drop roles that do not exist [charter:4.1]', async () => {
    const temoin = await open();
    const issue: TokenCommand = {
      type: 'IssueAccessToken',
      tokenId: 't-1',
      tokenHash: 'a'.repeat(64),
      staffId: 'staff-1',
      roles: ['Auditor'],
      expiresAt: '2027-01-01T00:00:00.000Z' as Instant,
    };
    expect(codeOf(await give(temoin, 'token-t-1', issue))).toBe('token-for-unknown-staff');
    await give(temoin, 'staff-staff-1', { type: 'RegisterStaff', staffId: 'staff-1', name: 'Camille' } as StaffCommand);
    expect(codeOf(await give(temoin, 'token-t-1', issue))).toBe('accepted');
    const consult = {
      type: 'RecordConsultation',
      memberId: 'm-1',
      what: 'export',
      purpose: 'rights',
      at: temoin.clock.now(),
    };
    expect(codeOf(await give(temoin, 'access-m-1', consult, ['director', 'Everyone']))).toBe('not-need-to-know');
    expect(codeOf(await give(temoin, 'access-m-1', consult, ['Auditor']))).toBe('accepted');
    await temoin.close();
  });
});
