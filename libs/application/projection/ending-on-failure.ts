/** Runs a step; when it fails or says that it is the last one, gives the signal before the loop is left. */
export async function endingOnFailure(leave: AbortController, step: () => Promise<boolean>): Promise<boolean> {
  let goOn = false;
  try {
    goOn = await step();
    return goOn;
  } finally {
    if (!goOn) leave.abort();
  }
}
