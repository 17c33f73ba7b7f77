import { Controller, Inject } from '@nestjs/common';
import { Answers } from '../operations/operation.decorator.js';
import { PARTS, type ServiceParts } from '../service-parts.js';

/** The key with which anybody checks a certificate, without asking anybody. */
@Controller()
export class SigningKeyController {
  constructor(@Inject(PARTS) private readonly parts: ServiceParts) {}

  @Answers('signingKey')
  key() {
    return this.parts.proofs.publicJwk;
  }
}
