import { Body, Controller, Inject } from '@nestjs/common';
import type { Keeping, KeepingStatus, MadeBackup } from '#application/backup/keeping.js';
import { EmptyBody } from '../fields/page-queries.js';
import { Answers } from '../operations/operation.decorator.js';
import { fault } from '../problems/problem-fault.js';
import { PARTS, type ServiceParts } from '../service-parts.js';

/** Backups: which there are, when one was last brought back, and one more now. Bringing one back stops the service. */
@Controller()
export class KeepingController {
  constructor(@Inject(PARTS) private readonly parts: ServiceParts) {}

  @Answers('listBackups')
  status(): Promise<KeepingStatus> {
    return this.keeping().status();
  }

  @Answers('backUp')
  async backUp(@Body() _body: EmptyBody): Promise<MadeBackup> {
    const made = await this.keeping().backUpNow();
    if (made === 'no-folder') throw fault('no-backup-folder');
    if (made === 'busy') throw fault('keys-busy', { retryAfter: 30 });
    return made;
  }

  private keeping(): Keeping {
    if (this.parts.keeping === undefined)
      throw fault('not-found', { detail: 'Ce service ne garde rien sur un disque : il n’y a rien à sauvegarder.' });
    return this.parts.keeping;
  }
}
