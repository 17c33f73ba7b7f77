import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerProcess } from '../../contract/server-process.js';
import type { TcpProxy } from '../../contract/tcp-proxy.js';
import type { Random } from '../random.js';

/** What befalls a server, or the line to it, while commands are sent. */
export const serverFaults = ['killed', 'frozen', 'restarted', 'cut', 'slowed', 'answers-lost', 'line-frozen'] as const;
export type ServerFault = (typeof serverFaults)[number];

const PULSES = 30;

/** Does it, and mends it. When it answers all is as before. */
export async function befall(
  fault: ServerFault,
  { server, line, random }: { readonly server: ServerProcess; readonly line: TcpProxy; readonly random: Random },
): Promise<void> {
  switch (fault) {
    case 'killed':
      await server.kill();
      await sleep(random.below(1500));
      return server.start();
    case 'restarted':
      await server.stop();
      return server.start();
    case 'frozen':
      server.freeze();
      await sleep(500 + random.below(6000));
      return server.thaw();
    case 'cut':
      for (let left = 1 + random.below(5); left > 0; left -= 1) {
        line.cut();
        await sleep(random.below(300));
      }
      return;
    case 'slowed':
      // most of the time nothing passes, and nothing is lost: what was held back goes on with the next pulse
      for (let pulse = 0; pulse < PULSES; pulse += 1) {
        line.freeze();
        await sleep(40 + random.below(160));
        line.mend();
        await sleep(random.below(25));
      }
      return;
    case 'answers-lost':
      line.deafen();
      await sleep(200 + random.below(3000));
      return line.mend();
    case 'line-frozen':
      line.freeze();
      await sleep(500 + random.below(7000));
      return line.mend();
  }
}
