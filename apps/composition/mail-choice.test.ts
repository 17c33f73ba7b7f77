import { writeFileSync } from 'node:fs';
import { temporaryFolder } from '#sqlite/temporary-folder.js';
import { chooseMail } from './mail-choice.js';

type Given = Parameters<typeof chooseMail>[0];
const choose = (given: Partial<Given>) =>
  chooseMail({ url: undefined, passwordFile: undefined, from: 'aide@exemple.test', simulated: false, ...given });

describe('the mail server of the configuration', () => {
  it('is none where none is named', () => {
    expect(choose({})).toBeUndefined();
    expect(() => choose({ passwordFile: '/nowhere' })).toThrow('TEMOIN_SMTP_PASSWORD_FILE');
  });

  it('has TLS unless it is refused by name, and the usual ports', () => {
    expect(choose({ url: 'smtp://courrier.exemple.test' })).toMatchObject({ port: 587, tls: 'required' });
    expect(choose({ url: 'smtps://courrier.exemple.test' })).toMatchObject({ port: 465, tls: 'implicit' });
    expect(choose({ url: 'smtp://localhost:2525?tls=false' })).toMatchObject({ port: 2525, tls: 'none' });
  });

  it('needs an address of the association, and a password with a user', () => {
    expect(() => choose({ url: 'smtp://a.test', from: undefined })).toThrow('TEMOIN_MAIL_FROM');
    expect(() => choose({ url: 'smtp://aide@a.test' })).toThrow('TEMOIN_SMTP_PASSWORD_FILE');
    const chosen = choose({ url: 'smtp://aide:m%40t@a.test' });
    expect(chosen?.password()).toBe('m@t');
    expect(JSON.stringify(chosen)).not.toContain('m@t');
  });

  it('reads a password from a file of one line', async () => {
    const folder = await temporaryFolder();
    const file = folder.file('password');
    writeFileSync(file, 'secret\n');
    expect(choose({ url: 'smtp://aide@a.test', passwordFile: file })?.password()).toBe('secret');
    writeFileSync(file, 'one\ntwo\n');
    expect(() => choose({ url: 'smtp://aide@a.test', passwordFile: file })).toThrow('on one line');
    await folder.remove();
  });

  it('in a simulation is on this machine, because nobody real is written to', () => {
    expect(() => choose({ url: 'smtp://courrier.exemple.test', simulated: true })).toThrow('simulation');
    expect(choose({ url: 'smtp://127.0.0.1:2525?tls=false', simulated: true })).toMatchObject({ port: 2525 });
  });
});
