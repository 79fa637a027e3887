/** How often others had their turn while something was done. */
export async function turnsWhile(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let done = false;
  const take = (): void => {
    turns += 1;
    if (!done) setImmediate(take);
  };
  setImmediate(take);
  await work();
  done = true;
  return turns;
}
