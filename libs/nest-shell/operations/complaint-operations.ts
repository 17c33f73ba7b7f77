import { CREATES, group, type Operation, type Who } from './operation.js';

/** Whoever hears a member may write down that they complain: also the person complained of. */
const HEARS: Who = ['Director', 'President', 'SupportLead', 'Technician'];
const CASES: Who = ['Director', 'President', 'SupportLead'];
const DECIDERS: Who = ['Director', 'President'];
const REVIEWERS: Who = ['Director', 'President', 'SupportLead', 'Auditor'];

const complaint = group('Complaints');

/** Complaints and disputes (charter 9, 2.3, 6). The decider’s own limits, of conflicts of interest, are in the domain. */
export const complaintOperations = {
  fileComplaint: complaint('POST', '/complaints', HEARS, 'Record a complaint; its sessions are held at once', CREATES),
  acknowledgeComplaint: complaint(
    'POST',
    '/complaints/:complaintId/acknowledgement',
    CASES,
    'Record that the acknowledgement left',
  ),
  openInvestigation: complaint(
    'POST',
    '/complaints/:complaintId/inquirer',
    DECIDERS,
    'Appoint who inquires: nobody concerned',
  ),
  reportInvestigation: complaint(
    'POST',
    '/complaints/:complaintId/findings',
    HEARS,
    'What the inquiry found; by the inquirer alone',
  ),
  qualifyComplaint: complaint(
    'POST',
    '/complaints/:complaintId/qualification',
    DECIDERS,
    'Qualify fault and damage, with reasons and evidence',
  ),
  proposeSettlement: complaint(
    'POST',
    '/complaints/:complaintId/proposals',
    DECIDERS,
    'Record an amicable proposal; the answer names it by the id given back',
  ),
  answerSettlement: complaint(
    'POST',
    '/complaints/:complaintId/proposals/:proposalId/answer',
    CASES,
    'The member agrees or does not',
  ),
  referComplaint: complaint(
    'POST',
    '/complaints/:complaintId/referrals',
    DECIDERS,
    'Record a disclosure to mediator, insurer, authority or court',
  ),
  withdrawComplaint: complaint(
    'POST',
    '/complaints/:complaintId/withdraw',
    HEARS,
    'The member no longer complains; holds stay until released',
  ),
  closeComplaint: complaint(
    'POST',
    '/complaints/:complaintId/close',
    DECIDERS,
    'Close with the final answer; the release of holds is proposed',
  ),
  reopenComplaint: complaint(
    'POST',
    '/complaints/:complaintId/reopen',
    DECIDERS,
    'Open again on a new fact; its sessions are held anew',
  ),
  listComplaints: complaint('GET', '/complaints', REVIEWERS, 'Complaints with their clocks, without what was said'),
  getComplaint: complaint(
    'GET',
    '/complaints/:complaintId',
    ['Director', 'President', 'SupportLead', 'Technician', 'Auditor'],
    'A complaint with the derivation of every clock; needs a purpose and is recorded',
  ),
  listDeadlines: complaint(
    'GET',
    '/deadlines',
    ['Administrator', 'Director', 'President', 'SupportLead', 'Auditor'],
    'Everything that is due, by owner and urgency, with its derivation',
  ),
} as const satisfies Readonly<Record<string, Operation>>;
