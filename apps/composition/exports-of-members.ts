import { join } from 'node:path';
import { frenchCivilTime } from '#adapters/civil-time/civil-time.js';
import { folderExportStore } from '#adapters/export-store-folder/export-store-folder.js';
import { type MemberExports, memberExports } from '#application/member-export/member-exports.js';
import type { Temoin } from '#application/temoin.js';
import { bindings } from './bindings.js';
import type { Configuration } from './configuration.js';

/** Copies of members' data, sealed, in the folder `exports` of the data folder; backups leave it out. */
export const openMemberExports = ({ data }: Configuration, temoin: Temoin): MemberExports =>
  memberExports({
    temoin,
    store: folderExportStore(join(data, 'exports')),
    time: frenchCivilTime(),
    definitions: bindings.flatMap(({ events }) => events),
  });
