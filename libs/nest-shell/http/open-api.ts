import { readFileSync } from 'node:fs';
import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { ProblemAnswer, ProblemPointerAnswer, ReceiptAnswer } from '../operations/documented-answers.js';
import { finishOpenApi, type GeneratedAnswers } from './open-api-finish.js';

const description = `Makes a remote-support charter true and provable.

Commands answer a receipt with a position; give that position as \`waitFor\` to a query to see what the command did. Every
list says in \`asOf\` up to which event it is true. A personal value is \`{"state":"present","value":…}\`,
\`{"state":"erased","erasedAt":…,"proof":…}\` or \`{"state":"unreadable","fault":…}\`. Problems follow RFC 9457; each code
has its page under [/problems](/problems).`;

/** The OpenAPI 3.1 document of the running application. */
export function openApiOf(app: INestApplication, simulated: boolean): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Témoin')
    .setDescription(simulated ? `**Simulation.** ${description}` : description)
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An access token: `tem_…`' })
    .addServer('/')
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    extraModels: [ProblemAnswer, ProblemPointerAnswer, ReceiptAnswer],
    operationIdFactory: (_controller, method) => method,
    autoTagControllers: false,
  });
  return finishOpenApi(document, generatedAnswers());
}

const generatedAnswers = (): GeneratedAnswers =>
  JSON.parse(readFileSync(new URL('../operations/answers.generated.json', import.meta.url), 'utf8'));
