import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync, gzipSync } from 'node:zlib';
import { BSON } from 'mongodb';
import { temporaryFolder } from '#sqlite/temporary-folder.js';
import { run } from '../run.js';
import { needlesOf } from './needles.js';
import { scan, scanner } from './scan.js';

const TOKEN = 'zéphyrplanté';
const planted = [{ token: TOKEN, where: 'here' }];
const leaksIn = (bytes: Buffer) => scan([{ name: 'file', bytes }], planted);
const around = (bytes: Buffer | string) =>
  Buffer.concat([Buffer.from('before '), Buffer.from(bytes), Buffer.from(' after')]);

describe('the leak scanner', () => {
  it.each(needlesOf(TOKEN).map(({ encoding }) => encoding))('catches a leak written as %s', (encoding) => {
    const needle = needlesOf(TOKEN).find((one) => one.encoding === encoding);
    expect(leaksIn(around(needle?.bytes ?? ''))).toContainEqual({ where: 'here', encoding, found: 'file', offset: 7 });
  });

  it('catches base64 of a longer text wherever the token begins in it, lines broken or not', () => {
    for (let before = 0; before < 80; before += 1) {
      const whole = Buffer.from(`${'x'.repeat(before)}${TOKEN}, suite`).toString('base64');
      expect(leaksIn(around(whole))).not.toEqual([]);
      const lines = whole.replace(/.{76}/g, '$&\r\n');
      expect(leaksIn(around(lines))).not.toEqual([]);
    }
    const soft = `${TOKEN.replace(/é/g, '=C3=A9').slice(0, 9)}=\r\n${TOKEN.replace(/é/g, '=C3=A9').slice(9)}`;
    expect(leaksIn(around(soft))).toMatchObject([{ encoding: 'quoted-printable, over line breaks', offset: 7 }]);
  });

  it('looks into gzip, zlib and zip members, wherever they begin and however deep', () => {
    const text = Buffer.from(`{"name":"${TOKEN}","more":"${'texte '.repeat(30)}"}`);
    expect(leaksIn(around(gzipSync(text)))).toMatchObject([{ found: 'file!gzip at 7', offset: 9 }]);
    expect(leaksIn(around(deflateSync(text)))).toMatchObject([{ found: 'file!zlib at 7' }]);
    expect(leaksIn(gzipSync(gzipSync(text)))).toMatchObject([{ found: 'file!gzip at 0!gzip at 0' }]);
    const named = Buffer.concat([
      gzipSync(text).subarray(0, 3),
      Buffer.from([8]),
      gzipSync(text).subarray(4, 10),
      Buffer.from('note.txt\0'),
      gzipSync(text).subarray(10),
    ]);
    expect(leaksIn(named)).toMatchObject([{ found: 'file!gzip at 0' }]);
    expect(leaksIn(gzipSync(text).subarray(0, -6))).toMatchObject([{ found: 'file!gzip at 0' }]);
    expect(leaksIn(zipOf('note.txt', text))).toMatchObject([{ found: 'file!zip member at 0' }]);
  });

  it('looks into BSON, as a dump of MongoDB holds it, compressed or not', () => {
    const dump = Buffer.from(
      BSON.serialize({ name: 'x', view: { person: [TOKEN] }, binary: Buffer.from(TOKEN, 'utf16le') }),
    );
    const encodings = leaksIn(dump).map((leak) => leak.encoding);
    expect(encodings).toEqual(expect.arrayContaining(['utf-8', 'utf-16le']));
    expect(leaksIn(gzipSync(dump)).length).toBeGreaterThanOrEqual(2);
  });

  it('finds nothing by chance in random bytes and nothing in other texts', () => {
    expect(leaksIn(Buffer.concat([randomBytes(2_000_000), Buffer.from('zéphyr planté')]))).toEqual([]);
  });

  it('never answers the token itself', () => {
    const result = scanner(planted)({ name: 'file', bytes: around(TOKEN) });
    expect(JSON.stringify(result)).not.toContain(TOKEN);
  });
});

/** An archive of one deflated member, as any zip program writes it; made by Python where there is no zip program. */
function zipOf(name: string, content: Buffer): Buffer {
  const script =
    'import sys,zipfile,io\nb=io.BytesIO()\nz=zipfile.ZipFile(b,"w",zipfile.ZIP_DEFLATED)\nz.writestr(sys.argv[1],sys.stdin.buffer.read())\nz.close()\nsys.stdout.buffer.write(b.getvalue())';
  return execFileSync('python3', ['-c', script, name], { input: content });
}

describe('temoin leak-scan', () => {
  const terminal = (data: string) => {
    const said: string[] = [];
    return {
      said,
      out: (text: string) => void said.push(text),
      err: (text: string) => void said.push(text),
      interactive: false,
      redraws: false,
      ask: async () => '',
      env: { TEMOIN_DATA: data, TMPDIR: join(data, 'tmp') },
    };
  };

  it('says file, place and encoding, never the text, and ends with 1; with 0 when there is nothing', async () => {
    const folder = await temporaryFolder();
    try {
      await mkdir(folder.file('data/logs'), { recursive: true });
      await writeFile(folder.file('data/events.sqlite'), randomBytes(5000));
      const tokens = folder.file('tokens.txt');
      await writeFile(tokens, `${TOKEN}\tname of the member\n`);
      const clean = terminal(folder.file('data'));
      expect(await run(['leak-scan', '--tokens', tokens], clean)).toBe(0);
      await writeFile(folder.file('data/logs/service.log'), `msg ${encodeURIComponent(TOKEN)}`);
      const caught = terminal(folder.file('data'));
      expect(await run(['leak-scan', '--tokens', tokens, '--json'], caught)).toBe(1);
      const { leaks, files } = JSON.parse(caught.said[0] ?? '');
      expect(leaks).toEqual([
        {
          where: 'name of the member',
          encoding: 'percent-encoding',
          found: folder.file('data/logs/service.log'),
          offset: 4,
        },
      ]);
      expect(files).toBeGreaterThanOrEqual(2);
      expect(caught.said.join()).not.toContain(TOKEN);
      const beside = terminal(folder.file('data'));
      await writeFile(folder.file('backup.json'), JSON.stringify({ name: TOKEN }));
      expect(await run(['leak-scan', '--tokens', tokens, folder.file('backup.json')], beside)).toBe(1);
      expect(beside.said.join()).toContain('backup.json');
    } finally {
      await folder.remove();
    }
  });

  it('refuses tokens that would be found by chance, and a file that is not there', async () => {
    const folder = await temporaryFolder();
    try {
      await writeFile(folder.file('short.txt'), 'Ada\n');
      expect(await run(['leak-scan', '--tokens', folder.file('short.txt')], terminal(folder.path))).toBe(2);
      expect(await run(['leak-scan', '--tokens', folder.file('none.txt')], terminal(folder.path))).toBe(2);
      expect(await run(['leak-scan'], terminal(folder.path))).toBe(2);
      await writeFile(folder.file('long.txt'), `${TOKEN}\n`);
      const nowhere = terminal(folder.file('nowhere'));
      expect(await run(['leak-scan', '--tokens', folder.file('long.txt')], nowhere)).toBe(5);
      expect(nowhere.said.join()).toContain('is not there');
    } finally {
      await folder.remove();
    }
  });
});
