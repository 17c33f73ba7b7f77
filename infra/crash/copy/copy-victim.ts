import { copyEvents } from '#application/copy/copy-events.js';
import { loadConfiguration } from '../../../apps/composition/configuration.js';
import { openEventStore } from '../../../apps/composition/stores.js';

/** A process that copies a log and dies during its nth append, so long after it was asked for. */
const [source = '', target = '', count = '1', microseconds = '0'] = process.argv.slice(2);
const storeAt = (address: string) => openEventStore(loadConfiguration({ TEMOIN_EVENT_STORE: address }, []).eventStore);
const from = await storeAt(source);
const to = await storeAt(target);
let left = Number(count);
await copyEvents({
  from,
  to: {
    ...to,
    append(...given) {
      left -= 1;
      // a timer and not a wait: the request must get out
      if (left === 0) setTimeout(() => process.kill(process.pid, 'SIGKILL'), Number(microseconds) / 1000);
      return to.append(...given);
    },
  },
});
process.exit(0);
