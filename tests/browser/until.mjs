// What a browser does in answer to a key or a click is done a little later, and much later on a busy machine: a test asks until
// the answer is the expected one.

/** Milliseconds for what a quiet machine does in a hundred. */
export const patience = 120000;

/** The answer of `ask`, asked again until it is `expected`. Counted, since a clock goes on while a machine stands still. */
export async function until(expected, ask) {
  let got = await ask();
  for (let i = 0; i < 1500 && String(got) !== String(expected); i++) {
    await new Promise((done) => setTimeout(done, 20));
    got = await ask();
  }
  return got;
}
