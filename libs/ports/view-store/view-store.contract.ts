import { leaseCases } from './contract-leases.js';
import { modelCases } from './contract-model.js';
import { queryCases } from './contract-queries.js';
import { type ViewStoreContract, viewStoreRig } from './contract-rig.js';
import { severalCases } from './contract-several.js';
import { stepCases } from './contract-steps.js';
import { viewCases } from './contract-views.js';

/** What every view store does, whatever its engine. An adapter's own test calls this with a way to open it. */
export function viewStoreContract(contract: ViewStoreContract): void {
  describe(`${contract.name} keeps the view store's contract`, () => {
    const rig = viewStoreRig(contract);
    stepCases(rig);
    severalCases(rig);
    viewCases(rig);
    queryCases(rig);
    leaseCases(rig);
    modelCases(rig);
  });
}
