import { applyDecorators, HttpCode, RequestMapping, RequestMethod, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ID_PATTERN } from '../fields/fields.js';
import { documentAnswer, documentProblems, documentReceipt } from './documented-answers.js';
import { isCommand, type Operation, pathOf } from './operation.js';
import { type OperationName, operation } from './operations.js';

export const OPERATION = 'temoin:operation';

/** Declares a controller's method as one operation of the table: address, status, guard and documentation follow from it. */
export function Answers(name: OperationName): MethodDecorator {
  const declared = operation(name);
  const path = pathOf(declared);
  return applyDecorators(
    SetMetadata(OPERATION, name),
    RequestMapping({ method: RequestMethod[declared.method], path }),
    HttpCode(declared.creates ? 201 : 200),
    ApiOperation({ operationId: name, summary: declared.summary, ...rolesDoc(declared) }),
    ApiTags(declared.tag),
    ...[...path.matchAll(/:(\w+)/g)].map(([, reference = '']) =>
      ApiParam({ name: reference, schema: { type: 'string', pattern: reference === 'stream' ? STREAM : ID_PATTERN } }),
    ),
    ...(declared.roles === 'public' ? [] : [ApiBearerAuth()]),
    ...(isCommand(declared) ? [...commandHeaders(declared), documentReceipt(declared)] : [documentAnswer(declared)]),
    documentProblems(declared),
  );
}

export const STREAM = '^[a-z]{1,20}-[A-Za-z0-9][A-Za-z0-9._-]{0,79}$';

const rolesDoc = ({ roles }: Operation): { description?: string } =>
  roles === 'public' ? {} : { description: `Roles: ${roles.join(', ')}.` };

const commandHeaders = ({ needsIfMatch }: Operation): MethodDecorator[] => [
  ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'The same key and body again answer the first receipt and change nothing; another body is refused.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  }),
  ApiHeader({
    name: 'If-Match',
    required: needsIfMatch === true,
    description: 'The ETag that you read: refused when somebody changed it meanwhile. `*`: whatever is there.',
    schema: { type: 'string', pattern: '^("-?\\d{1,9}"|\\*)$' },
  }),
];
