/**
 * Answers the requests of a stream side by side, each answer given as soon as it is there. Ends after the last answer when
 * the requests have ended; throws what a request or the first answer to fail has thrown.
 */
export async function* answerEach<Request, Response>(
  requests: AsyncIterable<Request>,
  answer: (request: Request) => Promise<Response>,
): AsyncGenerator<Response> {
  const ready: Response[] = [];
  let failure: { readonly error: unknown } | null = null;
  let inHand = 1; // the reading of requests itself
  let wake = () => {};
  const settle = (promise: Promise<unknown>) =>
    promise
      .catch((error) => {
        failure ??= { error };
      })
      .finally(() => {
        inHand--;
        wake();
      });
  const read = async () => {
    for await (const request of requests) {
      inHand++;
      void settle(answer(request).then((response) => ready.push(response)));
    }
  };
  void settle(read());
  for (;;) {
    if (failure !== null) throw (failure as { error: unknown }).error;
    const response = ready.shift();
    if (response !== undefined) yield response;
    else if (inHand === 0) return;
    else {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
}
