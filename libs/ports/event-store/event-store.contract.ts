import { appendCases } from './contract-append.js';
import { consumerCases } from './contract-consumer.js';
import { lifeCases } from './contract-life.js';
import { readCases } from './contract-read.js';
import { type EventStoreContract, eventStoreRig } from './contract-rig.js';
import { subscribeCases } from './contract-subscribe.js';

/** What every event store does, whatever its engine. An adapter's own test calls this with a way to open it. */
export function eventStoreContract(contract: EventStoreContract): void {
  describe(`${contract.name} keeps the event store's contract`, () => {
    const rig = eventStoreRig(contract);
    appendCases(rig);
    readCases(rig);
    subscribeCases(rig);
    consumerCases(rig);
    lifeCases(rig);
  });
}
