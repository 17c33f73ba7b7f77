import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiResponse } from '@nestjs/swagger';
import { isCommand, type Operation } from './operation.js';

export class ReceiptWarningAnswer {
  @ApiProperty({ example: '/problem' })
  declare readonly pointer: string;
  @ApiProperty({ enum: ['phone', 'email', 'third-party'] })
  declare readonly kind: string;
  @ApiProperty({ description: 'French: what and where, never the passage.' })
  declare readonly detail: string;
}

export class TextPlaceAnswer {
  @ApiProperty({ required: false, description: 'In the journal of this session.' })
  declare readonly sessionId?: string;
  @ApiProperty({ required: false, description: 'In this request.' })
  declare readonly requestId?: string;
  @ApiProperty()
  declare readonly targetEventId: string;
  @ApiProperty({ example: 'problem' })
  declare readonly field: string;
}

export class SameTextAnswer {
  @ApiProperty({ description: 'French: what may be left elsewhere, and what to do.' })
  declare readonly detail: string;
  @ApiProperty({ type: [TextPlaceAnswer] })
  declare readonly places: readonly TextPlaceAnswer[];
}

/** Answers as OpenAPI shows them. */
export class ReceiptAnswer {
  @ApiProperty({ description: 'Give it to support to find the command.', format: 'uuid' })
  declare readonly commandId: string;
  @ApiProperty({ example: 'session-q3v7….1' })
  declare readonly stream: string;
  @ApiProperty({ description: 'Revision of the stream after the command; also the ETag.', type: 'integer' })
  declare readonly revision: number;
  @ApiProperty({ description: 'Give it as `waitFor` to a query to see what this command did.', required: false })
  declare readonly position?: string;
  @ApiProperty({ type: [String], description: 'Types of the events recorded; empty when there was nothing to do.' })
  declare readonly events: readonly string[];
  @ApiProperty({ description: 'Reference of what the command created.', required: false })
  declare readonly id?: string;
  @ApiProperty({
    type: [ReceiptWarningAnswer],
    description: 'Recorded, but look again: a telephone number, an address or a name that may not be needed.',
    required: false,
  })
  declare readonly warnings?: readonly ReceiptWarningAnswer[];
  @ApiProperty({
    type: SameTextAnswer,
    description: 'Of a reported text: the other places where the same words may stand. They are reported one by one.',
    required: false,
  })
  declare readonly sameText?: SameTextAnswer;
}

export class ProblemPointerAnswer {
  @ApiProperty({ example: '/givenAt' })
  declare readonly pointer: string;
  @ApiProperty()
  declare readonly detail: string;
}

/** RFC 9457. */
export class ProblemAnswer {
  @ApiProperty({ format: 'uri-reference', example: '/problems/validation-failed' })
  declare readonly type: string;
  @ApiProperty({ example: 'validation-failed' })
  declare readonly code: string;
  @ApiProperty({ description: 'English.' })
  declare readonly title: string;
  @ApiProperty({ type: 'integer', example: 422 })
  declare readonly status: number;
  @ApiProperty({ description: 'French: what happened.' })
  declare readonly detail: string;
  @ApiProperty({ description: 'French: what to do now.' })
  declare readonly next: string;
  @ApiProperty({ required: false, description: 'The charter rule behind a refusal.', example: 'charter:3.1a' })
  declare readonly rule?: string;
  @ApiProperty({ required: false, type: [ProblemPointerAnswer] })
  declare readonly errors?: readonly ProblemPointerAnswer[];
  @ApiProperty({ required: false, format: 'date-time', description: 'Of an erasure: since when.' })
  declare readonly erasedAt?: string;
  @ApiProperty({ required: false, description: 'Of an erasure: its destruction, below `/api/v1/destructions/`.' })
  declare readonly proof?: string;
  @ApiProperty({ format: 'uuid' })
  declare readonly correlationId: string;
}

export const documentReceipt = ({ creates }: Operation): MethodDecorator =>
  ApiResponse({
    status: creates ? 201 : 200,
    type: ReceiptAnswer,
    description: creates ? 'Created; see Location.' : 'Done.',
    headers: {
      ETag: { description: 'Revision of the stream.', schema: { type: 'string' } },
      ...(creates ? { Location: { description: 'Address of what was created.', schema: { type: 'string' } } } : {}),
    },
  });

/** What a query answers: the shape that all lists share, or an object. */
export const documentAnswer = ({ path, method }: Operation): MethodDecorator =>
  ApiResponse({
    status: 200,
    description: 'The answer; `asOf.position` says up to which event it is true.',
    schema: {
      type: 'object',
      properties: {
        ...(method === 'GET' && !path.includes(':') ? { items: { type: 'array', items: { type: 'object' } } } : {}),
        asOf: { type: 'object', properties: { position: { type: 'string' } } },
        next: { type: 'string', description: 'Cursor of the next page.' },
      },
    },
  });

const meanings: Readonly<Record<number, string>> = {
  400: 'Malformed body, address, parameter or header',
  401: 'No valid token',
  403: 'Roles do not allow it',
  404: 'Nothing under this reference',
  409: 'Refused by the state of things; `rule` names the charter’s article',
  410: 'Erased',
  412: 'Changed since it was read',
  415: 'Not JSON',
  422: 'Content not valid; `errors` says where',
  428: 'If-Match is required',
  429: 'Too many requests',
  503: 'A store does not answer, or a view is behind',
};

/** The problems that an operation may answer. */
export function documentProblems(operation: Operation): MethodDecorator {
  const { path, roles, needsIfMatch } = operation;
  const command = isCommand(operation);
  const statuses =
    roles === 'public'
      ? [503]
      : [
          400,
          401,
          403,
          ...(path.includes(':') || command ? [404] : []),
          ...(command ? [409, 410, 412, 415] : []),
          422,
          ...(needsIfMatch ? [428] : []),
          429,
          503,
        ];
  return applyDecorators(
    ...statuses.map((status) =>
      ApiResponse({
        status,
        description: meanings[status] ?? '',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/ProblemAnswer' } } },
      }),
    ),
  );
}
