/**
 * The command of a type, from the references in the address and the body. It does not compile when the body class has a
 * field that the command has not, lacks one that the command has (optional ones included), or types one otherwise.
 */
export const commandOf =
  <All extends { readonly type: string }>() =>
  <T extends All['type'], R extends object, B extends object>(
    type: T,
    references: R,
    body: B & Covers<Extract<All, { readonly type: T }>, R, B>,
  ): Extract<All, { readonly type: T }> =>
    Object.assign({}, body, references, { type }) as unknown as Extract<All, { readonly type: T }>;

type Rest<C, R> = Omit<C, keyof R | 'type'>;
/** `unknown` (asks nothing more) when the body fits; otherwise a type that says what is wrong. */
export type Covers<C, R, B> =
  R extends Pick<C, keyof R & keyof C>
    ? Exclude<keyof Rest<C, R>, keyof B> extends never
      ? Exclude<keyof B, keyof Rest<C, R>> extends never
        ? B extends Rest<C, R>
          ? unknown
          : { readonly 'types differ': { readonly [K in keyof Rest<C, R> & keyof B]: Mismatch<Rest<C, R>[K], B[K]> } }
        : { readonly 'not in the command': Exclude<keyof B, keyof Rest<C, R>> }
      : { readonly 'missing in the body': Exclude<keyof Rest<C, R>, keyof B> }
    : { readonly 'references differ': keyof R };
type Mismatch<Wanted, Given> = Given extends Wanted ? 'fits' : { readonly wanted: Wanted; readonly given: Given };
