import { defaultClockSettings } from '#domain/deadlines/clocks.js';
import { number, setting } from './setting.js';

const { acknowledgementWorkingDays, proposalDays, deviationReviewWorkingDays, breachHours } = defaultClockSettings;

/** Clocks that charter and law leave to the association, or that a change of the law may move. What is on record keeps its end. */
export const clockSettings = {
  breachHours: setting({
    env: 'TEMOIN_BREACH_HOURS',
    form: 'NUMBER',
    doc: 'Running hours within which the authority is told of a breach: 72 by the GDPR, article 33(1). To be set only when the law changes; incidents on record keep the end that was computed for them.',
    defaultDoc: '`72`',
    read: number(breachHours, 1, 168),
  }),
  acknowledgementDays: setting({
    env: 'TEMOIN_ACKNOWLEDGEMENT_DAYS',
    form: 'NUMBER',
    doc: 'Working days within which the receipt of a complaint is acknowledged: the association’s own rule. Complaints on record keep the day that was told.',
    defaultDoc: '`5`',
    read: number(acknowledgementWorkingDays, 1, 30),
  }),
  proposalDays: setting({
    env: 'TEMOIN_PROPOSAL_DAYS',
    form: 'NUMBER',
    doc: 'Days within which an amicable solution is proposed after a complaint, from its receipt and again from a reopening: the association’s own rule. Complaints on record keep the day that was told.',
    defaultDoc: '`30`',
    read: number(proposalDays, 1, 366),
  }),
  reviewDays: setting({
    env: 'TEMOIN_DEVIATION_REVIEW_DAYS',
    form: 'NUMBER',
    doc: 'Working days within which the support lead comments on a deviation: the association’s own rule. Deviations on record keep the days that they were flagged with.',
    defaultDoc: '`5`',
    read: number(deviationReviewWorkingDays, 1, 60),
  }),
  consumerMediation: setting<boolean>({
    env: 'TEMOIN_CONSUMER_MEDIATION',
    form: 'yes|no',
    doc: 'Whether consumer mediation (code de la consommation, L612-1) applies to the association: an open question for a free service to members, to be settled with counsel. `yes`: complaints in writing carry the mediator’s clocks (two months of waiting, one year for a referral; after it three weeks and 90 days), and letters tell them. `no`: none of these; the mediator’s contact stays in every final answer. Complaints on record keep what they were told.',
    defaultDoc: '`no`',
    read: (text = 'no') =>
      text === 'yes' || text === 'no' ? { value: text === 'yes' } : { wrong: 'must be yes or no' },
  }),
} as const;
