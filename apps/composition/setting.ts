/**
 * Every setting, declared once: reading, validation, `--help` and `docs/reference/configuration.md` derive from it.
 * A setting comes from its flag, else from its environment variable, else from its default.
 */
export interface Setting<T> {
  /** Environment variable. */
  readonly env: string;
  /** Command-line flag, for the settings that have one. */
  readonly flag?: string;
  /** What it does, in one English sentence. */
  readonly doc: string;
  /** The form of a value, for people: `NUMBER`, `DIR`. */
  readonly form: string;
  /** What holds when nothing is said, for people. */
  readonly defaultDoc: string;
  /** Answers the value, or what is wrong with the text. */
  readonly read: (text: string | undefined) => { readonly value: T } | { readonly wrong: string };
}

export const optionalText = (text: string | undefined): { readonly value: string | undefined } => ({ value: text });

export const number =
  (fallback: number, min: number, max: number) =>
  (text: string | undefined): { readonly value: number } | { readonly wrong: string } => {
    if (text === undefined) return { value: fallback };
    const value = Number(text);
    return /^\d{1,12}$/.test(text) && value >= min && value <= max
      ? { value }
      : { wrong: `must be a whole number from ${min} to ${max}` };
  };

export const among =
  <const V extends readonly [string, ...string[]]>(fallback: V[number], ...values: V) =>
  (text: string | undefined): { readonly value: V[number] } | { readonly wrong: string } => {
    if (text === undefined) return { value: fallback };
    return values.includes(text) ? { value: text } : { wrong: `must be one of ${values.join(', ')}` };
  };

export const storeUrl =
  (...schemes: readonly string[]) =>
  (text: string | undefined): { readonly value: string | undefined } | { readonly wrong: string } =>
    text === undefined || schemes.some((scheme) => text.startsWith(`${scheme}://`))
      ? { value: text }
      : { wrong: `must start with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}` };

export const setting = <T>(declaration: Setting<T>): Setting<T> => declaration;

export const passwordFile = (store: string): Setting<string | undefined> => ({
  env: `${store}_PASSWORD_FILE`,
  form: 'FILE',
  doc: `A file with the password of the user that \`${store}\` names, and nothing else: it then stands in no environment and no process list.`,
  defaultDoc: `none: the password is in \`${store}\`, percent-encoded, or none is needed`,
  read: optionalText,
});
