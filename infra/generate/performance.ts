import { PERFORMANCE_PAGE, performancePage } from '../bench/page.js';
import type { GeneratedFile } from './markdown.js';

/** The page of measured figures, from the raw results that are kept; nothing where nothing was measured yet. */
export async function performanceFiles(): Promise<readonly GeneratedFile[]> {
  const made = await performancePage();
  return made ? [{ path: PERFORMANCE_PAGE, text: made.text }] : [];
}
