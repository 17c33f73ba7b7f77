/**
 * Where batches are posted. Pure: whether the name leads to a machine of one’s own network is seen when it is resolved,
 * by who delivers.
 */

/** What is wrong with an address, as a word of the refusal’s pointer. */
export type AddressFault =
  | 'not-an-address'
  | 'not-https'
  | 'user'
  | 'query'
  | 'fragment'
  | 'no-host-name'
  | 'outside-simulation';

/** French, for the person who typed it; never an echo of what was typed. */
export const addressFaults: Readonly<Record<AddressFault, string>> = {
  'not-an-address': 'une adresse complète, comme https://abonne.exemple.fr/temoin, sans espace ni accent',
  'not-https': 'l’adresse doit commencer par https://',
  user: 'sans nom d’utilisateur ni mot de passe',
  query: 'sans « ? » : c’est là que se glissent les clés d’accès',
  fragment: 'sans « # »',
  'no-host-name': 'un nom de machine sur Internet, pas une adresse IP',
  'outside-simulation': 'dans une simulation, seulement cette machine (localhost)',
};

/** Characters that a written address is made of; a backslash is none, since browsers and servers differ over it. */
const WRITTEN = /^[a-z][a-z+.-]*:\/\/[!-[\]-~]+$/i;
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
/** At least two labels, the last of which begins with a letter: no IP address in any spelling. */
const HOST_NAME = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * An `https` URL of a named machine, with a port and a path if need be, and nothing that a secret is put in.
 * @param simulated as for mail: in a simulation nobody real is written to, so that only this machine is; plain `http` will do
 * @returns undefined when batches may be posted there
 */
export function addressFault(text: string, simulated: boolean): AddressFault | undefined {
  if (!WRITTEN.test(text) || !URL.canParse(text)) return 'not-an-address';
  const { protocol, hostname } = new URL(text);
  if (protocol !== 'https:' && !(simulated && protocol === 'http:')) return 'not-https';
  const authority = text.slice(text.indexOf('//') + 2).split(/[/?#]/, 1)[0] ?? '';
  if (authority.includes('@')) return 'user';
  if (text.includes('#')) return 'fragment';
  if (text.includes('?')) return 'query';
  if (simulated) return LOOPBACK.test(hostname) ? undefined : 'outside-simulation';
  return HOST_NAME.test(hostname) && hostname.length <= 253 ? undefined : 'no-host-name';
}
