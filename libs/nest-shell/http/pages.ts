import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { fault } from '../problems/problem-fault.js';
import { problemIndex, problemPage } from '../problems/problem-page.js';
import { problemTypes } from '../problems/registry.js';

const assets = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
} as const;
const assetFolder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

const docs = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Témoin – API</title>
<link rel="icon" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<main id="api"><noscript lang="fr">La documentation interactive demande JavaScript ; le document est à l’adresse <a href="/openapi.json">/openapi.json</a>.</noscript></main>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;
const start = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#api', deepLinking: true, persistAuthorization: false, defaultModelsExpandDepth: 0, docExpansion: 'none', validatorUrl: null });
`;

/** Pages for people, readable without any other machine: API documentation and what each problem means. */
export function addPages(server: FastifyInstance, openApi: () => object): void {
  const html = 'text/html; charset=utf-8';
  server.get('/', async (_request, reply) => reply.redirect('/docs'));
  server.get('/docs', async (_request, reply) => reply.type(html).send(docs));
  server.get('/docs/start.js', async (_request, reply) => reply.type('text/javascript; charset=utf-8').send(start));
  for (const [name, type] of Object.entries(assets))
    server.get(`/docs/${name}`, async (_request, reply) =>
      reply
        .type(type)
        .header('cache-control', 'max-age=86400')
        .send(await readFile(join(assetFolder, name))),
    );
  server.get('/openapi.json', async (_request, reply) => reply.type('application/json; charset=utf-8').send(openApi()));
  server.get('/problems', async (_request, reply) => reply.type(html).send(problemIndex(problemTypes.values())));
  server.get<{ Params: { code: string } }>('/problems/:code', async (request, reply) => {
    const type = problemTypes.get(request.params.code);
    if (type === undefined) throw fault('not-found');
    return reply.type(html).send(problemPage(type));
  });
}
