import { CREATES, group, type Operation, type Who } from './operation.js';

const DECIDERS: Who = ['Director', 'President'];
const REVIEWERS: Who = ['Director', 'President', 'SupportLead', 'Auditor'];

const subscriber = group('Subscribers');

/** Outside bodies that are given the pseudonymous feed: nobody else is (charter 4.2 b, GDPR 28). */
export const subscriberOperations = {
  registerSubscriber: subscriber(
    'POST',
    '/subscribers',
    DECIDERS,
    'Register an outside body as a recipient of the feed',
    CREATES,
  ),
  changeSubscriberAddress: subscriber(
    'POST',
    '/subscribers/:subscriberId/address',
    DECIDERS,
    'Batches go to another address',
  ),
  pauseSubscriber: subscriber('POST', '/subscribers/:subscriberId/pause', DECIDERS, 'Send nothing for a while'),
  resumeSubscriber: subscriber(
    'POST',
    '/subscribers/:subscriberId/resume',
    DECIDERS,
    'Send again, from what was missed on',
  ),
  endSubscriber: subscriber(
    'POST',
    '/subscribers/:subscriberId/end',
    DECIDERS,
    'End a subscriber: nothing leaves from now on; final',
  ),
  listSubscribers: subscriber('GET', '/subscribers', REVIEWERS, 'Recipients of the feed, and where each stands'),
  getSubscriber: subscriber(
    'GET',
    '/subscribers/:subscriberId',
    REVIEWERS,
    'One recipient; its address for the Director, the President and the auditor',
  ),
  listToldNotices: subscriber(
    'GET',
    '/subscribers/:subscriberId/notices',
    REVIEWERS,
    'Notices of erasure, rectification and restriction that it was given, and when (GDPR 19)',
  ),
} as const satisfies Readonly<Record<string, Operation>>;
