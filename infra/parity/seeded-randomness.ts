import { createHash } from 'node:crypto';
import { createRequire, syncBuiltinESMExports } from 'node:module';

/**
 * For a process that plays a parity run and nothing else: what this project's own code draws from the system's random
 * source comes from the seed, so that keys, nonces and blinders are the same in each run. Every source file draws from a
 * stream of its own; what adapters and drivers draw for themselves is left alone and shifts nothing. The product has no such seam: the
 * functions of `node:crypto` themselves are replaced, in this process.
 */
export function seedRandomness(seed: number): void {
  const crypto = createRequire(import.meta.url)('node:crypto') as Record<string, (...given: never[]) => unknown>;
  const real = { fill: crypto.randomFillSync, bytes: crypto.randomBytes, uuid: crypto.randomUUID };
  const drawn = new Map<string, number>();
  const draw = (file: string, length: number): Buffer => {
    const blocks: Buffer[] = [];
    for (let have = 0; have < length; have += 64) {
      const count = drawn.get(file) ?? 0;
      drawn.set(file, count + 1);
      blocks.push(
        createHash('sha512')
          .update(JSON.stringify([seed, file, count]))
          .digest(),
      );
    }
    return Buffer.concat(blocks).subarray(0, length);
  };
  crypto.randomFillSync = ((target: Uint8Array, ...rest: never[]) => {
    const file = caller();
    if (file === undefined || rest.length > 0) return real.fill?.(target as never, ...rest);
    target.set(draw(file, target.byteLength));
    return target;
  }) as never;
  crypto.randomBytes = ((size: number, ...rest: never[]) => {
    const file = caller();
    return file === undefined || rest.length > 0 ? real.bytes?.(size as never, ...rest) : draw(file, size);
  }) as never;
  crypto.randomUUID = ((...given: never[]) => {
    const file = caller();
    if (file === undefined) return real.uuid?.(...given);
    const hex = draw(file, 16).toString('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
  }) as never;
  syncBuiltinESMExports();
  // Keys that a cache drops after a second would be asked for again, and candidates for them drawn, at other moments in each run.
  const started = performance.now();
  performance.now = () => started;
}

/** The file of this project that called the replaced function; undefined for adapters and for anybody else. */
function caller(): string | undefined {
  const line = new Error().stack?.split('\n')[3] ?? '';
  return /node_modules|libs\/adapters/.test(line)
    ? undefined
    : /\/dist\/((?:apps|libs|infra)\/[^:)]+\.js)/.exec(line)?.[1];
}
