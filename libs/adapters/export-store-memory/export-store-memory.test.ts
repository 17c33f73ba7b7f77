import { exportStoreContract } from '#ports/export-store/export-store.contract.js';
import { memoryExportStore } from './export-store-memory.js';

exportStoreContract('memory', async () => memoryExportStore());
