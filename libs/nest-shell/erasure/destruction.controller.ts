import { Controller, Inject, Param, Query } from '@nestjs/common';
import { type Certificate, sha256Of } from '#evidence/certificate.js';
import { certificateHtml } from '#evidence/certificate-html.js';
import { type DestructionDocument, destructionsView, getDestruction, listDestructions } from '#views/destructions.js';
import { localDayOf } from '#views/local-day.js';
import { asOf } from '#views/query.js';
import { WaitQuery } from '../fields/page-queries.js';
import { type Call, Caller } from '../http/call.js';
import { Answers } from '../operations/operation.decorator.js';
import { fault } from '../problems/problem-fault.js';
import { found, listed } from '../queries/answers.js';
import { Queries } from '../queries/ask.js';
import { PARTS, type ServiceParts } from '../service-parts.js';
import { DestructionsQuery } from './destruction-bodies.js';

/** What was destroyed, and its proof. Opaque ids, codes, times and counts only: it outlives what it destroyed. */
@Controller()
export class DestructionController {
  constructor(
    private readonly queries: Queries,
    @Inject(PARTS) private readonly parts: ServiceParts,
  ) {}

  @Answers('listDestructions')
  async list(@Caller() call: Call, @Query() query: DestructionsQuery) {
    const { waitFor, ...params } = query;
    return listed(call, await this.queries.ask(destructionsView, waitFor, (deps) => listDestructions(deps, params)));
  }

  @Answers('getDestruction')
  async one(@Caller() call: Call, @Param('destructionId') destructionId: string, @Query() { waitFor }: WaitQuery) {
    const answer = await this.queries.ask(destructionsView, waitFor, async (deps) => {
      const destruction = await getDestruction(deps, destructionId);
      return destruction && { ...destruction, asOf: await asOf(deps.viewStore, destructionsView.schema) };
    });
    return found(call, answer);
  }

  /** The signed file itself; a browser, which asks for HTML, is given the page made from it. */
  @Answers('getCertificate')
  async certificate(@Caller() call: Call, @Param('destructionId') destructionId: string) {
    const { text, day } = await this.certificateOf(destructionId);
    if (prefersHtml(call.request.headers.accept)) return sendPage(call, text);
    void call.reply.type('application/json; charset=utf-8');
    const name = `${day}_certificat-effacement_${destructionId}.json`;
    void call.reply.header('content-disposition', `attachment; filename="${name}"`);
    return text;
  }

  @Answers('getCertificatePage')
  async page(@Caller() call: Call, @Param('destructionId') destructionId: string) {
    return sendPage(call, (await this.certificateOf(destructionId)).text);
  }

  /** The file as it was recorded, to the letter: its digest is in the log. */
  private async certificateOf(destructionId: string): Promise<{ readonly text: string; readonly day: string }> {
    const destruction: DestructionDocument | undefined = await this.queries.ask(destructionsView, undefined, (deps) =>
      getDestruction(deps, destructionId),
    );
    if (destruction === undefined) throw fault('not-found');
    const { certificate } = destruction;
    if (certificate === undefined) throw fault('certificate-not-issued');
    const text = await this.parts.proofs.certificates.read(certificate.certificateId);
    if (text === undefined || sha256Of(text) !== certificate.sha256) throw fault('certificate-lost');
    return { text, day: localDayOf(certificate.certifiedAt) };
  }
}

function sendPage({ reply }: Call, text: string): string {
  void reply.type('text/html; charset=utf-8');
  return certificateHtml(JSON.parse(text) as Certificate);
}

/** What a browser sends; a program that accepts everything gets the signed file. */
const prefersHtml = (accept: string | undefined): boolean => {
  const html = accept?.indexOf('text/html') ?? -1;
  const json = accept?.indexOf('application/json') ?? -1;
  return html >= 0 && (json < 0 || html < json);
};
