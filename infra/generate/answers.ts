import { join } from 'node:path';
import ts from 'typescript';
import { isCommand } from '#nest-shell/operations/operation.js';
import { type OperationName, operation } from '#nest-shell/operations/operations.js';
import { projectFolder } from '../../apps/composition/configuration.js';
import type { GeneratedFile } from './markdown.js';
import { type Schema, typeSchemas } from './type-schema.js';

const SHELL = /libs\/nest-shell\/.*\.controller\.ts$/;

/** What each query answers, for the OpenAPI document: read from the return types of the controllers. */
export function answerFiles(): readonly GeneratedFile[] {
  const program = controllers();
  const checker = program.getTypeChecker();
  const { schemaOf, named } = typeSchemas(checker);
  const answers: Record<string, Schema> = {};
  for (const file of program.getSourceFiles().filter(({ fileName }) => SHELL.test(fileName)))
    for (const [name, method] of methods(file)) {
      if (isCommand(operation(name))) continue;
      const signature = checker.getSignatureFromDeclaration(method);
      const promised = signature && checker.getReturnTypeOfSignature(signature);
      const type = promised && (checker.getAwaitedType(promised) ?? promised);
      // pages and files have no schema
      if (type && !(type.flags & ts.TypeFlags.StringLike)) answers[name] = withoutText(schemaOf(type));
    }
  const sorted = Object.fromEntries(Object.entries(answers).sort(([one], [other]) => (one < other ? -1 : 1)));
  const text = `{\n"answers": ${lines(sorted)},\n"schemas": ${lines(named())}\n}\n`;
  return [{ path: 'libs/nest-shell/operations/answers.generated.json', text }];
}

/** One schema a line, so that a difference shows which one. */
const lines = (schemas: Readonly<Record<string, Schema>>): string =>
  `{\n${Object.entries(schemas)
    .map(([name, schema]) => `${JSON.stringify(name)}: ${JSON.stringify(schema)}`)
    .join(',\n')}\n}`;

function controllers(): ts.Program {
  const host = {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }: ts.Diagnostic) => {
      throw new Error(ts.flattenDiagnosticMessageText(messageText, '\n'));
    },
  };
  const config = ts.getParsedCommandLineOfConfigFile(join(projectFolder, 'tsconfig.json'), {}, host);
  if (!config) throw new Error('tsconfig.json cannot be read');
  return ts.createProgram(
    config.fileNames.filter((name) => SHELL.test(name)),
    config.options,
  );
}

/** Methods that are declared as operations: `@Answers('listMembers')`. */
function methods(file: ts.SourceFile): readonly (readonly [OperationName, ts.MethodDeclaration])[] {
  return file.statements.filter(ts.isClassDeclaration).flatMap(({ members }) =>
    members.filter(ts.isMethodDeclaration).flatMap((method) =>
      (ts.getDecorators(method) ?? []).flatMap(({ expression }) => {
        if (!ts.isCallExpression(expression) || expression.expression.getText() !== 'Answers') return [];
        const [name] = expression.arguments;
        return name && ts.isStringLiteral(name) ? [[name.text as OperationName, method] as const] : [];
      }),
    ),
  );
}

/** An answer that is a page or an object, as asked for: the object. */
function withoutText(schema: Schema): Schema {
  if (!Array.isArray(schema.anyOf)) return schema;
  const objects = (schema.anyOf as readonly Schema[]).filter((one) => one.type !== 'string');
  const [only = {}] = objects;
  return objects.length === 1 ? only : { ...schema, anyOf: objects };
}
