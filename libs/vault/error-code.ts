/** The `code` of anything thrown. */
export const codeOf = (error: unknown): string =>
  String((error as { readonly code?: unknown } | null | undefined)?.code ?? 'unknown error');
