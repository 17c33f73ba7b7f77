import { lookup as systemLookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** `public`: machines on the Internet alone. `loopback`: this machine alone, for simulations. */
export type Reach = 'public' | 'loopback';

/** IPv4 that is no machine on the Internet (IANA special-purpose registry, RFC 6890 and later). */
const OWN_V4: readonly (readonly [net: string, prefix: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];
/** Within 2000::/3: Teredo and other protocols, documentation, 6to4, which carries an IPv4 address inside. */
const OWN_V6: readonly (readonly [net: string, prefix: number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const listOf = (nets: typeof OWN_V4, family: 'ipv4' | 'ipv6') => {
  const list = new BlockList();
  for (const [net, prefix] of nets) list.addSubnet(net, prefix, family);
  return list;
};
const ownV4 = listOf(OWN_V4, 'ipv4');
const ownV6 = listOf(OWN_V6, 'ipv6');
const globalV6 = listOf([['2000::', 3]], 'ipv6');
const loopbackV4 = listOf([['127.0.0.0', 8]], 'ipv4');

/** Whether an IP address may be connected to. IPv6 that carries an IPv4 address (mapped, NAT64) is never taken for public. */
export function mayReach(address: string, reach: Reach): boolean {
  const family = isIP(address);
  if (family === 0 || address.includes('%')) return false;
  if (reach === 'loopback') return family === 4 ? loopbackV4.check(address, 'ipv4') : address === '::1';
  return family === 4
    ? !ownV4.check(address, 'ipv4')
    : globalV6.check(address, 'ipv6') && !ownV6.check(address, 'ipv6');
}

/** Known by its code: the name leads where nothing is sent. */
export const REFUSED = 'REFUSED_ADDRESS';

/**
 * Resolves a name for the very connection that is made: what is checked here is what is connected to, so that a name that
 * answers differently the second time gains nothing.
 */
export function checkedLookup(reach: Reach, resolve: typeof systemLookup = systemLookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { family: options.family, hints: options.hints, all: true } as { all: true }, (error, found) => {
      if (error) return callback(error, '', 0);
      const good = found.filter(({ address }) => mayReach(address, reach));
      const [first] = good;
      if (first === undefined)
        return callback(Object.assign(new Error('refused'), { code: REFUSED }) as NodeJS.ErrnoException, '', 0);
      if (options.all) return callback(null, good);
      return callback(null, first.address, first.family);
    });
  };
}
