import { createServer, type Server, type Socket } from 'node:net';
import { BSON } from 'mongodb';
import { openMongoKeyVault } from '../key-vault-mongodb/key-vault-mongodb.js';
import { openMongoViewStore } from '../view-store-mongodb/view-store-mongodb.js';
import { adviceFor } from './faults.js';

/** Nobody listens on the discard port; a password in the settings must not come back in a message. */
const NOBODY = 'mongodb://temoin:s3cret@127.0.0.1:9/?tls=false&serverSelectionTimeoutMS=200';
const database = 'temoin';

let servers: Server[] = [];
const sockets = new Set<Socket>();
afterEach(() => {
  for (const server of servers) server.close();
  for (const socket of sockets) socket.destroy();
  servers = [];
});

/** @param greet is called with each connection @returns host and port */
async function serverThat(greet: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    sockets.add(socket);
    greet(socket);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return `127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
}

/** Answers the first question of any client as a server of the line 3.6 does (its wire version is 6). */
function answerAsOld(socket: Socket): void {
  socket.on('error', () => undefined);
  socket.on('data', (question) => {
    const document = BSON.serialize({ ismaster: true, minWireVersion: 0, maxWireVersion: 6, ok: 1 });
    const header = Buffer.alloc(36);
    header.writeInt32LE(header.length + document.length, 0);
    header.writeInt32LE(question.readInt32LE(4), 8);
    header.writeInt32LE(1, 12);
    header.writeInt32LE(1, 32);
    socket.write(Buffer.concat([header, document]));
  });
}

describe('MongoDB that cannot be had', () => {
  const refusalOf = (connectionString: string) =>
    openMongoViewStore({ connectionString, database }).then(
      () => undefined,
      (error: unknown) => error,
    );
  const said = (text: string) => ({ code: 'unavailable', message: expect.stringContaining(text) });

  it.each([
    ['views', openMongoViewStore, 'TEMOIN_VIEW_STORE'],
    ['keys', openMongoKeyVault, 'TEMOIN_KEY_VAULT'],
  ])('is unavailable for %s, with what to check and without the password', async (_, open, setting) => {
    const refusal = await open({ connectionString: NOBODY, database }).catch((error: unknown) => error);
    expect(refusal).toMatchObject(said(setting));
    expect((refusal as Error).message).toContain('check host and port');
    expect((refusal as Error).message).not.toContain('s3cret');
  });

  it.each(['postgres://127.0.0.1/x', 'nonsense', '', 'mongodb://127.0.0.1/?unheardOf=1'])(
    'is unavailable where %j is no place of it',
    async (text) => {
      expect(await refusalOf(text)).toMatchObject(said('not a connection string of MongoDB'));
    },
  );

  it('is said to be too old where it is', async () => {
    const host = await serverThat(answerAsOld);
    expect(await refusalOf(`mongodb://${host}/?tls=false&serverSelectionTimeoutMS=500`)).toMatchObject(
      said('too old: 4.2 or later'),
    );
  });

  it('is said to want TLS where it closes the line on a client without', async () => {
    const host = await serverThat((socket) => socket.destroy());
    expect(await refusalOf(`mongodb://${host}/?tls=false&serverSelectionTimeoutMS=500`)).toMatchObject(
      said('leave out tls=false'),
    );
  });

  it.each(['auth.example', 'tls.example'])('is not reached where %s is not known, whatever the name', (host) => {
    expect(adviceFor(new Error(`getaddrinfo ENOTFOUND ${host}`), 'TEMOIN_VIEW_STORE')).toContain('check host and port');
  });

  it('names the file that is not there', async () => {
    expect(await refusalOf('mongodb://127.0.0.1:9/?tlsCAFile=/none.pem')).toMatchObject(said('tlsCAFile'));
  });

  it('is said to be no replica set of that name where it is none', async () => {
    const host = await serverThat((socket) => socket.on('error', () => undefined));
    const url = `mongodb://${host}/?tls=false&replicaSet=rsX&serverSelectionTimeoutMS=500`;
    expect(await refusalOf(url)).toMatchObject(said('check replicaSet'));
  });
});
