import fc from 'fast-check';
import { addressFault } from './address.js';

const real = (text: string) => addressFault(text, false);

describe('where batches are posted', () => {
  it('is an https address of a named machine [charter:4.2b]', () => {
    expect(real('https://abonne.exemple.fr')).toBeUndefined();
    expect(real('HTTPS://Abonne.Exemple.fr:8443/temoin/boite')).toBeUndefined();
    expect(real('https://xn--caf-dma.exemple.fr/')).toBeUndefined();
  });

  it.each([
    ['http://abonne.exemple.fr/', 'not-https'],
    ['ftp://abonne.exemple.fr/', 'not-https'],
    ['abonne.exemple.fr', 'not-an-address'],
    ['https:abonne.exemple.fr', 'not-an-address'],
    ['https://abonne.exemple.fr\\@ailleurs.exemple.fr/', 'not-an-address'],
    [' https://abonne.exemple.fr', 'not-an-address'],
    ['https://abonne.exemple.fr/a b', 'not-an-address'],
    ['https://abonn\u00e9.exemple.fr/', 'not-an-address'],
    ['https://abonne.exemple.fr/\n', 'not-an-address'],
    ['https://abonne.exemple.fr:99999/', 'not-an-address'],
    ['https://qui@abonne.exemple.fr/', 'user'],
    ['https://@abonne.exemple.fr/', 'user'],
    ['https://qui:quoi@abonne.exemple.fr/', 'user'],
    ['https://abonne.exemple.fr/?jeton=1', 'query'],
    ['https://abonne.exemple.fr/?', 'query'],
    ['https://abonne.exemple.fr/#', 'fragment'],
    ['https://localhost/', 'no-host-name'],
    ['https://192.0.2.7/', 'no-host-name'],
    ['https://0x7f.1/', 'no-host-name'],
    ['https://2130706433/', 'no-host-name'],
    ['https://[::1]/', 'no-host-name'],
    ['https://[::ffff:127.0.0.1]/', 'no-host-name'],
    ['https://-.fr/', 'no-host-name'],
    ['https://exemple.fr./', 'no-host-name'],
  ])('is not %j: %s', (text, fault) => {
    expect(real(text)).toBe(fault);
  });

  it('is this machine alone in a simulation, where nobody real is written to; plain http will do there', () => {
    for (const host of ['localhost', '127.0.0.1', '127.8.9.1:8080', '[::1]:8080', 'LOCALHOST']) {
      expect([host, addressFault(`http://${host}/boite`, true)]).toEqual([host, undefined]);
      expect([host, addressFault(`https://${host}/boite`, true)]).toEqual([host, undefined]);
      expect([host, real(`http://${host}/boite`)]).toEqual([host, 'not-https']);
    }
    expect(addressFault('https://abonne.exemple.fr/', true)).toBe('outside-simulation');
    expect(addressFault('http://127.0.0.1.exemple.fr/', true)).toBe('outside-simulation');
    expect(addressFault('http://localhost/?a', true)).toBe('query');
    expect(addressFault('ftp://localhost/', true)).toBe('not-https');
  });

  it('never holds a user, a query or a fragment when it is taken, whatever was typed', () => {
    const piece = fc.constantFrom(
      'https://',
      'http://',
      'a.fr',
      'localhost',
      '127.0.0.1',
      '@',
      ':',
      '?',
      '#',
      '/',
      '\\',
      '%40',
      'k',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), fc.boolean(), (pieces, simulated) => {
        const text = pieces.join('');
        if (addressFault(text, simulated) !== undefined) return;
        const { protocol, username, password, search, hash, hostname } = new URL(text);
        expect({ username, password, search, hash }).toEqual({ username: '', password: '', search: '', hash: '' });
        expect([protocol === 'https:' || simulated, hostname !== '']).toEqual([true, true]);
        expect(simulated).toBe(['localhost', '127.0.0.1'].includes(hostname));
      }),
    );
  });
});
