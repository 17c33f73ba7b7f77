import type { ConsentCommand } from './commands-consent.js';
import type { ContestCommand } from './commands-contest.js';
import type { CourseCommand } from './commands-course.js';
import type { JournalCommand } from './commands-journal.js';
import type { ReportCommand } from './commands-report.js';
import type { SecurityCommand } from './commands-security.js';
import type { StrikeOutCommand } from './commands-strike-out.js';

/**
 * Everything that can be asked of a session. `at`, when left out, is the time of the command. Ids (`actionId`, …) are
 * minted by the shell from the command id. The member is the one of the session's request.
 */
export type SessionCommand =
  | ConsentCommand
  | ContestCommand
  | CourseCommand
  | SecurityCommand
  | JournalCommand
  | StrikeOutCommand
  | ReportCommand;
