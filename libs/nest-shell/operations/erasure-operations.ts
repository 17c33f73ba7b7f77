import { group, type Operation, type Who } from './operation.js';

/** Who answers for erasures, and who verifies them. */
const VERIFIERS: Who = ['Director', 'President', 'Auditor'];

const destructions = group('Destructions');

/** Destructions and their certificates (charter 4.3, 4.4 c, 8.1 f). */
export const erasureOperations = {
  listDestructions: destructions('GET', '/destructions', VERIFIERS, 'What was destroyed, latest decision first'),
  getDestruction: destructions('GET', '/destructions/:destructionId', VERIFIERS, 'One destruction, as far as it is'),
  getCertificate: destructions(
    'GET',
    '/destructions/:destructionId/certificate',
    VERIFIERS,
    'The signed certificate; as a page where HTML is asked for',
  ),
  getCertificatePage: destructions(
    'GET',
    '/destructions/:destructionId/certificate.html',
    VERIFIERS,
    'The certificate for reading and printing',
  ),
  signingKey: destructions(
    'GET',
    '/.well-known/temoin-signing-key.json',
    'public',
    'The key that certificates verify with',
  ),
} as const satisfies Readonly<Record<string, Operation>>;
