import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams, { type ReadReq as ReadReqType } from '@eventstore/db-client/generated/streams_pb.js';

const { Empty, StreamIdentifier } = shared;
const { ReadReq } = streams;
const FORWARDS = 0;
const BACKWARDS = 1;
const MOST = String(Number.MAX_SAFE_INTEGER);

/** Events scanned between two checkpoints are 32 (the server's search window when none is given) times this. */
const CHECKPOINT_MULTIPLIER = 16;

/** System streams begin with a dollar sign; nobody here reads them. */
const OURS = '^[^$]';
const NOTHING = '^(?!)';

export interface AllRequest {
  readonly backwards?: boolean;
  /** Log position to start from: included when reading forwards, excluded for a subscription. Default: the near end. */
  readonly from?: number | undefined;
  readonly limit?: number;
  readonly streamPrefixes?: readonly string[] | undefined;
  readonly subscription?: boolean;
}

export const streamIdentifier = (name: string): InstanceType<typeof StreamIdentifier> =>
  new StreamIdentifier().setStreamName(Buffer.from(name, 'utf8').toString('base64'));

/** A page of one stream, or all of it. */
export function streamRequest(
  stream: string,
  options: { readonly backwards: boolean; readonly from: number | undefined; readonly limit: number | undefined },
): ReadReqType {
  const from = new ReadReq.Options.StreamOptions().setStreamIdentifier(streamIdentifier(stream));
  if (options.from !== undefined) from.setRevision(String(options.from));
  else if (options.backwards) from.setEnd(new Empty());
  else from.setStart(new Empty());
  return requestOf(options.backwards, options.limit, (request) => request.setStream(from).setNoFilter(new Empty()));
}

/** The whole log, filtered on the server, system streams left out; a read or a subscription. */
export function allRequest({ backwards = false, from, limit, streamPrefixes, subscription }: AllRequest): ReadReqType {
  const place = new ReadReq.Options.AllOptions();
  if (from !== undefined) {
    const position = new ReadReq.Options.Position();
    // Never {commit, 0}, the form in which checkpoints come: resuming from there delivers that commit again.
    position.setCommitPosition(String(from));
    position.setPreparePosition(String(from));
    place.setPosition(position);
  } else if (backwards) place.setEnd(new Empty());
  else place.setStart(new Empty());
  return requestOf(backwards, limit, (request) => {
    request.setAll(place).setFilter(filterOf(streamPrefixes));
    if (subscription) request.setSubscription(new ReadReq.Options.SubscriptionOptions());
    return request;
  });
}

function requestOf(
  backwards: boolean,
  limit: number | undefined,
  target: (options: InstanceType<typeof ReadReq.Options>) => InstanceType<typeof ReadReq.Options>,
): ReadReqType {
  const options = target(new ReadReq.Options())
    .setReadDirection(backwards ? BACKWARDS : FORWARDS)
    .setResolveLinks(false)
    .setUuidOption(new ReadReq.Options.UUIDOption().setString(new Empty()));
  if (!options.hasSubscription()) options.setCount(limit === undefined ? MOST : String(limit));
  return new ReadReq().setOptions(options);
}

function filterOf(prefixes: readonly string[] | undefined) {
  const expression = new ReadReq.Options.FilterOptions.Expression();
  // An empty prefix would let system streams through.
  if (prefixes === undefined || prefixes.includes('')) expression.setRegex(OURS);
  else if (prefixes.length === 0) expression.setRegex(NOTHING);
  else expression.setPrefixList([...prefixes]);
  return new ReadReq.Options.FilterOptions()
    .setStreamIdentifier(expression)
    .setCount(new Empty())
    .setCheckpointintervalmultiplier(CHECKPOINT_MULTIPLIER);
}
