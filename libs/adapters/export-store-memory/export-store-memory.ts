import { checkExportId, type ExportStore } from '#ports/export-store/export-store.js';

/** Gone with the process: for tests. */
export function memoryExportStore(): ExportStore {
  const texts = new Map<string, string>();
  return {
    async put(id, sealed) {
      checkExportId(id);
      texts.set(id, sealed);
    },
    async get(id) {
      checkExportId(id);
      return texts.get(id);
    },
    async remove(id) {
      checkExportId(id);
      return texts.delete(id);
    },
    ids: async () => [...texts.keys()],
  };
}
